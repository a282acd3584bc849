"""What stands in a bundle, found by kind and code."""

from __future__ import annotations

from typing import Any


def of(bundle: dict[str, Any], kind: str, code: str = "") -> list[dict[str, Any]]:
    """The bundle's resources of that kind, in their order; of Observations, those with that code."""
    found = [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]
    return [one for one in found if not code or code in codes(one["code"])]


def codes(concept: dict[str, Any]) -> list[str]:
    return [coding["code"] for coding in concept["coding"]]


def components(observation: dict[str, Any]) -> dict[str, Any]:
    return {codes(part["code"])[0]: part.get("valueQuantity", {}).get("value") for part in observation["component"]}
