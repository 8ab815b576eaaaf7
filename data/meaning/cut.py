"""Text -> words, the same way as src/index/analysis.rs cuts them."""
import unicodedata

JOINS = "'\u2019\u02bc&"

def words(text):
    found, current = [], None
    for at, c in enumerate(text):
        if c.isalnum() or (current is not None and unicodedata.combining(c)):
            current = current or ""
            if len(current.encode()) < 40:
                current += fold(c)
            continue
        following = text[at + 1] if at + 1 < len(text) else " "
        if c in JOINS and current is not None and following.isalnum():
            continue
        if current:
            found.append(current)
        current = None
    if current:
        found.append(current)
    return found

def fold(c):
    if c.isascii():
        return c.lower()
    parts = [p for p in unicodedata.normalize("NFKD", c) if not unicodedata.combining(p)]
    return "".join(p for p in "".join(parts).lower() if p.isalnum())

def fnv(data):
    h = 0x811C9DC5
    for b in data:
        h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
    return h

GRAM_SIZES = (3, 4, 5)

def grams(word, buckets):
    """The buckets of the n-grams of a word that is not known, with its ends marked."""
    w = ("<" + word + ">").encode()
    return [fnv(w[i:i + n]) % buckets for n in GRAM_SIZES for i in range(0, len(w) - n + 1)]
