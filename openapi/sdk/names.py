"""How an operation is called in every SDK: a group from its tag, a method from its id."""

import re
from typing import Any


def snake(name: str) -> str:
    """`RfqPatch` as `rfq_patch`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_")


def camel(name: str) -> str:
    """`rfq_patch` as `rfqPatch`."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def group(operation: dict[str, Any]) -> str:
    """`ChangeOrders` as `change_orders`."""
    return snake(operation["tags"][0])


def method(operation: dict[str, Any]) -> str:
    """The operation's id without what its group says already: `createRfq` of `Rfqs` is `create`."""
    words = snake(operation["operationId"]).split("_")
    verb, rest = words[0], words[1:]
    plural = group(operation).split("_")
    singular = [*plural[:-1], _singular(plural[-1])]
    for noun in (plural, singular):
        # `list_rfq_quotes` of `quotes` keeps its words: what follows the noun has to be a qualifier of it.
        if rest[: len(noun)] == noun:
            return "_".join([verb, *rest[len(noun) :]])
    if rest[-len(singular) :] == singular:
        return "_".join([verb, *rest[: -len(singular)]])
    return "_".join(words)


def _singular(noun: str) -> str:
    for ending, one in (("enda", "endum"), ("ies", "y"), ("ches", "ch")):
        if noun.endswith(ending):
            return noun.removesuffix(ending) + one
    return noun.removesuffix("s")


def iterating(name: str) -> str:
    """The method that goes through the pages of the list method `name`."""
    return "iterate" + name.removeprefix("list") if name.startswith("list") else f"iterate_{name}"
