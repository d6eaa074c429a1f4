"""The OpenAPI 3.1 document, made from the handlers.

A handler says what its signature cannot in `opt={"api": Api(...)}`; everything else follows by rule, so that
two operations never disagree about what a 404 looks like.

    contract = Contract(examples=Path("openapi/examples"))
    app = Litestar(
        [...],
        plugins=[contract],
        openapi_config=ContractConfig(title="Jembatan", version="0.1.0", contract=contract),
    )
    render(document(app))   # openapi/openapi.json

Litestar says which routes exist, msgspec describes every type; nothing of Litestar's own schema generation is
kept (it gets errors, generic pages, tagged unions, enums and limits wrong). Where to look:

* `operation.py`   `Api`, and the rules from it to parameters, answers and security
* `parameters.py`  query and path parameters, read from the handler's signature
* `schemas.py`     types → `components/schemas`
* `samples.py`    programs beside operations
* `links.py`       where an id of an answer leads
* `shared.py`      the answers, headers and header parameters that operations refer to
* `plugin.py`      the Litestar plugin
* `check.py`       `faults(document)`: what a good document never contains
"""

from api.contract.check import faults
from api.contract.operation import Api
from api.contract.plugin import Contract, ContractConfig, document, render

__all__ = ["Api", "Contract", "ContractConfig", "document", "faults", "render"]
