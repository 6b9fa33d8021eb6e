"""The JSON Schema of the manifest: a quick verdict, and each failure as one plain sentence."""

from toolkit.schema.accept import accepts
from toolkit.schema.failure import Failure, failures

__all__ = ["Failure", "accepts", "failures"]
