"""What CFF 1.2.0, RO-Crate 1.2 and the Web Annotation model ask for, as JSON Schemas: the parts that an export uses."""

TEXT = {"type": "string", "pattern": r"\S"}
WEB = {"type": "string", "pattern": "^https?://"}
ENTITY = {"type": "object", "required": ["name"], "properties": {"name": TEXT}, "additionalProperties": False}

CFF = {
    "type": "object",
    "required": ["authors", "cff-version", "message", "title"],
    "additionalProperties": False,
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": TEXT,
        "title": TEXT,
        "type": {"enum": ["dataset", "software"]},
        "authors": {"type": "array", "minItems": 1, "items": ENTITY},
        "version": {"type": ["string", "number"]},
        "date-released": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "license": {"anyOf": [TEXT, {"type": "array", "items": TEXT}]},
        "url": WEB,
        "keywords": {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT},
        "abstract": TEXT,
        "references": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["authors", "title", "type"],
                "additionalProperties": False,
                "properties": {
                    "type": {"enum": ["newspaper-article", "blog", "article", "generic", "report"]},
                    "title": TEXT,
                    "authors": {"type": "array", "minItems": 1, "items": ENTITY},
                    "publisher": ENTITY,
                    "date-published": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
                    "year": {"type": "integer"},
                    "month": {"enum": list(range(1, 13))},
                    "url": WEB,
                    "languages": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]{2,3}$"}},
                },
            },
        },
    },
}

REFERENCE = {
    "type": "object",
    "required": ["@id"],
    "additionalProperties": False,
    "properties": {"@id": TEXT},
}
CRATE = {
    "type": "object",
    "required": ["@context", "@graph"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "https://w3id.org/ro/crate/1.2/context"},
        "@graph": {
            "type": "array",
            "items": {"type": "object", "required": ["@id", "@type"]},
            "allOf": [
                {
                    "contains": {
                        "required": ["@id", "@type", "about", "conformsTo"],
                        "properties": {
                            "@id": {"const": "ro-crate-metadata.json"},
                            "@type": {"const": "CreativeWork"},
                            "about": {"const": {"@id": "./"}},
                            "conformsTo": {"const": {"@id": "https://w3id.org/ro/crate/1.2"}},
                        },
                    }
                },
                {
                    "contains": {
                        "required": ["@id", "@type", "name", "description", "datePublished", "license"],
                        "properties": {
                            "@id": {"const": "./"},
                            "@type": {"const": "Dataset"},
                            "name": TEXT,
                            "description": TEXT,
                            "datePublished": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"},
                            "license": REFERENCE,
                            "hasPart": {"type": "array", "items": REFERENCE},
                        },
                    }
                },
            ],
        },
    },
}

MOTIVATIONS = (
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
    *("identifying", "linking", "moderating", "questioning", "replying", "reviewing", "tagging"),
)
OFFSET = {"type": "integer", "minimum": 0}
TARGET = {
    "type": "object",
    "required": ["type", "source", "selector"],
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": {
            "type": "object",
            "required": ["id"],
            "properties": {"id": {"type": "string", "pattern": "^ni:///sha-256;[A-Za-z0-9_-]{43}$"}},
        },
        "selector": {
            "type": "object",
            "required": ["type", "start", "end"],
            "additionalProperties": False,
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": OFFSET,
                "end": OFFSET,
                "refinedBy": {
                    "type": "object",
                    "required": ["type", "exact"],
                    "additionalProperties": False,
                    "properties": {
                        "type": {"const": "TextQuoteSelector"},
                        "exact": TEXT,
                        "prefix": {"type": "string"},
                        "suffix": {"type": "string"},
                    },
                },
            },
        },
    },
}
ANNOTATION = {
    "type": "object",
    "required": ["@context", "id", "type", "target"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": TEXT,
        "type": {"const": "Annotation"},
        "motivation": {"enum": list(MOTIVATIONS)},
        "body": {
            "type": "array",
            "items": {
                "required": ["type", "value"],
                "properties": {
                    "type": {"const": "TextualBody"},
                    "value": TEXT,
                    "format": {"const": "text/plain"},
                    "language": TEXT,
                    "purpose": {"enum": ["describing", "classifying", "commenting"]},
                },
            },
        },
        "target": {"anyOf": [TARGET, {"type": "array", "minItems": 1, "items": TARGET}]},
    },
}
POSITIONS = ("Unicode code points from 0, the end excluded", "Python", "bytes", "UTF-16 units")
"""Words that say what a position in a text counts."""
