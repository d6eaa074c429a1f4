from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="SigningKey")


@_attrs_define
class SigningKey:
    """A public key as JWK (RFC 7517, RFC 8037)."""

    kty: str
    """ The type of the key (RFC 7517).

    Known values: OKP. """
    crv: str
    """ The curve (RFC 7518).

    Known values: Ed25519. """
    alg: str
    """ The signature algorithm (RFC 7518).

    Known values: Ed25519. """
    use: str
    """ What the key is for: `sig`.

    Known values: sig. """
    kid: str
    """ What the header of a token calls it: the key's thumbprint (RFC 7638). """
    x: str
    """ The key, in base64url. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kty = self.kty

        crv = self.crv

        alg = self.alg

        use = self.use

        kid = self.kid

        x = self.x

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "kty": kty,
                "crv": crv,
                "alg": alg,
                "use": use,
                "kid": kid,
                "x": x,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        kty = d.pop("kty")

        crv = d.pop("crv")

        alg = d.pop("alg")

        use = d.pop("use")

        kid = d.pop("kid")

        x = d.pop("x")

        built_ = cls(
            kty=kty,
            crv=crv,
            alg=alg,
            use=use,
            kid=kid,
            x=x,
        )

        built_.additional_properties = d
        return built_

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
