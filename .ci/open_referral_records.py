"""Every record of a feed, full and in lists, held against the standard's schemas: FEED SCHEMAS UK_SCHEMAS."""

import json
import sys
import urllib.request
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

feed, schemas, uk_schemas = sys.argv[1], Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve()


def retrieve(uri):
    return Resource.from_contents(json.loads(Path(uri.removeprefix("file://")).read_text()), DRAFT202012)


def validator(path):
    schema = dict(json.loads(path.read_text()), **{"$id": path.as_uri()})
    return Draft202012Validator(schema, registry=Registry(retrieve=retrieve), format_checker=FormatChecker())


def lines(path):
    with urllib.request.urlopen(feed + path) as answer:
        return [json.loads(line) for line in answer]


LISTS = [
    ("/services?format=ndjson&full=true", "compiled/service.json"),
    ("/service_at_locations?format=ndjson&full=true", "compiled/service_at_location.json"),
    ("/organizations?format=ndjson&full=true", "compiled/organization.json"),
    ("/organizations?format=ndjson&full_service=true", "compiled/organization.json"),
    ("/taxonomies?format=ndjson", "taxonomy.json"),
    ("/taxonomy_terms?format=ndjson", "taxonomy_term.json"),
]
failed = 0
for folder in (schemas, uk_schemas):
    for path, schema in LISTS:
        if not (folder / schema).exists():
            continue
        check = validator(folder / schema)
        records = lines(path)
        errors = [(record["id"], error) for record in records for error in check.iter_errors(record)]
        failed += len(errors)
        print(f"{len(records):>6} records of {path.split('?')[0]} by {folder.parent.name}/{schema}: {len(errors)} errors")
        for of, error in errors[:5]:
            print(f"       {of} {error.json_path}: {error.message[:200]}")
sys.exit(1 if failed else 0)
