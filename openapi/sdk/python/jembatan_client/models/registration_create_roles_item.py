from typing import Literal

RegistrationCreateRolesItem = Literal["buyer", "facilitator", "supplier"]

REGISTRATION_CREATE_ROLES_ITEM_VALUES: set[RegistrationCreateRolesItem] = {
    "buyer",
    "facilitator",
    "supplier",
}


def check_registration_create_roles_item(value: str) -> RegistrationCreateRolesItem:
    if value in REGISTRATION_CREATE_ROLES_ITEM_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {REGISTRATION_CREATE_ROLES_ITEM_VALUES!r}")
