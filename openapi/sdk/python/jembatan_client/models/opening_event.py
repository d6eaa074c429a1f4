from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.private_event import PrivateEvent
    from ..models.shown_event import ShownEvent


T = TypeVar("T", bound="OpeningEvent")


@_attrs_define
class OpeningEvent:
    """One event of a chain: `hash` is sha256(`previous_hash`, then `leaf`).

    Of an event that is not for the reader only that much is given. Otherwise `leaf` follows from what is `shown`, from
    `private` (or, where that is not for the reader, from `private_digest`) and from `hidden_digest`.

    """

    previous_hash: None | str
    """ 32 bytes in lower-case hexadecimal. """
    leaf: str
    """ 32 bytes in lower-case hexadecimal. """
    hash_: str
    """ 32 bytes in lower-case hexadecimal. """
    shown: None | ShownEvent
    private: None | PrivateEvent
    private_salt: None | str
    """ 32 bytes in lower-case hexadecimal. """
    private_digest: None | str
    """ 32 bytes in lower-case hexadecimal. """
    hidden_digest: None | str
    """ 32 bytes in lower-case hexadecimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.private_event import PrivateEvent  # noqa: PLC0415
        from ..models.shown_event import ShownEvent  # noqa: PLC0415

        previous_hash: None | str
        previous_hash = self.previous_hash

        leaf = self.leaf

        hash_ = self.hash_

        shown: dict[str, Any] | None
        if isinstance(self.shown, ShownEvent):
            shown = self.shown.to_dict()
        else:
            shown = self.shown

        private: dict[str, Any] | None
        if isinstance(self.private, PrivateEvent):
            private = self.private.to_dict()
        else:
            private = self.private

        private_salt: None | str
        private_salt = self.private_salt

        private_digest: None | str
        private_digest = self.private_digest

        hidden_digest: None | str
        hidden_digest = self.hidden_digest

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "previous_hash": previous_hash,
                "leaf": leaf,
                "hash": hash_,
                "shown": shown,
                "private": private,
                "private_salt": private_salt,
                "private_digest": private_digest,
                "hidden_digest": hidden_digest,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.private_event import PrivateEvent  # noqa: PLC0415
        from ..models.shown_event import ShownEvent  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_previous_hash(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        previous_hash = _parse_previous_hash(d.pop("previous_hash"))

        leaf = d.pop("leaf")

        hash_ = d.pop("hash")

        def _parse_shown(data: object) -> None | ShownEvent:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                shown_type_0 = ShownEvent.from_dict(data)

                return shown_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ShownEvent, data)

        shown = _parse_shown(d.pop("shown"))

        def _parse_private(data: object) -> None | PrivateEvent:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                private_type_0 = PrivateEvent.from_dict(data)

                return private_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PrivateEvent, data)

        private = _parse_private(d.pop("private"))

        def _parse_private_salt(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        private_salt = _parse_private_salt(d.pop("private_salt"))

        def _parse_private_digest(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        private_digest = _parse_private_digest(d.pop("private_digest"))

        def _parse_hidden_digest(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        hidden_digest = _parse_hidden_digest(d.pop("hidden_digest"))

        built_ = cls(
            previous_hash=previous_hash,
            leaf=leaf,
            hash_=hash_,
            shown=shown,
            private=private,
            private_salt=private_salt,
            private_digest=private_digest,
            hidden_digest=hidden_digest,
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
