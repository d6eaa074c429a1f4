"""Request bodies, decoded once and exactly: straight from the bytes into the handler's type.

Litestar alone would parse a body twice, with floats in between, and then convert leniently (`"5"` for 5, 0
for an instant). Beyond types and limits, all is refused that can be read in two ways or that breaks further
in: duplicate members, NUL, lone surrogates, nesting without end, a body of `null`, no body.

    Litestar(..., dto=StrictBody, return_dto=None, request_class=StrictRequest)

* `body.py`     where Litestar meets it: the DTO and the request
* `decode.py`   bytes → value, or BodyRefused
* `explain.py`  what is wrong, at every place, in sentences that say what to do
"""

from api.strict.body import StrictBody, StrictRequest
from api.strict.decode import EXPLAIN_LIMIT, BodyRefused, decode, decode_part

__all__ = ["EXPLAIN_LIMIT", "BodyRefused", "StrictBody", "StrictRequest", "decode", "decode_part"]
