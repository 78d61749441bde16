"""Makes the code of a link from its URL."""

import base64
import hashlib
import os
from urllib.parse import urlsplit

LENGTH = int(os.environ["CODE_LENGTH"])


def handler(event, context):
    """Takes {"url": str} and returns {"code": str}. Raises ValueError for a URL without a host."""
    url = event["url"]
    if not urlsplit(url).hostname:
        raise ValueError(f"{url} has no host")
    digest = hashlib.sha256(url.encode()).digest()
    return {"code": base64.urlsafe_b64encode(digest).decode()[:LENGTH]}
