"""The trained rows -> model.bin, in the form that src/meaning/model.rs reads."""
import struct

import numpy as np
from cut import fnv, grams, words

def power(n):
    p = 1
    while p < n: p *= 2
    return p

def slots(keys):
    size = power(int(len(keys) * 1.6) + 1)
    table = np.zeros(size, np.uint32)
    for i, key in enumerate(keys):
        at = fnv(key) & (size - 1)
        while table[at]: at = (at + 1) & (size - 1)
        table[at] = i + 1
    return table

def pack(E, vocab, pairs, buckets, needs=None):
    dims = E.shape[1]
    scale = np.maximum(np.abs(E).max(1), 1e-6) / 127
    rows = np.clip(np.round(E / scale[:, None]), -127, 127).astype(np.int8)
    ids = {w: i for i, w in enumerate(vocab)}
    keys = [struct.pack("<II", ids[a], ids[b]) for a, b in pairs]
    blob = [w.encode() for w in vocab]
    ends = np.cumsum([len(b) for b in blob]).astype("<u4")
    ws, ps = slots(blob), slots(keys)
    letters = b"".join(blob)
    packed = rows.astype(np.float32) * scale[:, None].astype(np.float32)
    student = Student(packed, vocab, pairs, buckets, needs or [])
    taught = b"".join([student.services.astype(np.int8).tobytes(), student.middles.astype(np.int8).tobytes(), student.ends.astype("<u4").tobytes(), student.wordings.astype(np.int8).tobytes(),
        student.said_ends.astype("<u4").tobytes(), student.said.astype(np.int8).tobytes()])
    head = b"SPM3" + struct.pack("<10I", dims, len(vocab), len(pairs), buckets, len(ws), len(ps), len(letters), len(student.ends), len(student.wordings), len(student.said))
    return head + scale.astype("<f4").tobytes() + ws.astype("<u4").tobytes() + ps.astype("<u4").tobytes() + b"".join(keys) + ends.tobytes() + letters + rows.tobytes() + taught, student

def whole(v):
    n = np.linalg.norm(v)
    return np.clip(np.round(v / n * 256), -127, 127).astype(np.int32) if n > 1e-3 else np.zeros(len(v), np.int32)

def between(*parts):
    return whole(sum(np.float32(w) * v.astype(np.float32) for v, w in parts))

class Student:
    """What src/meaning does, for measuring and for known answers."""
    def __init__(self, rows, vocab, pairs, buckets, needs):
        self.rows, self.V, self.P, self.B = rows, len(vocab), len(pairs), buckets
        self.word = {w: i for i, w in enumerate(vocab)}
        self.pair = {(self.word[a], self.word[b]): self.V + i for i, (a, b) in enumerate(pairs)}
        said = [[self.vector(q) for q in dict.fromkeys(n["q"])] for n in needs]
        mid = lambda vs: between(*[(v, 1) for v in vs])
        empty = np.zeros((0, rows.shape[1]), np.int32)
        self.services = np.array([mid([self.vector(x) for x in n["s"]]) for n in needs]) if needs else empty
        self.middles = np.array([mid(x) for x in said]) if needs else empty
        self.ends = np.cumsum([len(x) for x in said])
        self.wordings = np.array([v for x in said for v in x]) if needs else empty
        by_services = [[self.vector(s) for s in dict.fromkeys(n["s"])] for n in needs]
        self.said_ends = np.cumsum([len(x) for x in by_services])
        self.said = np.array([v for x in by_services for v in x]) if needs else empty
    def shares(self, near, step):
        best = max(max(c for _, c in near), 0.0)
        shares = [(k, np.exp((c - best) / step)) for k, c in near]
        return [(k, s) for k, s in shares if s >= 0.01], min(max((best - 0.3) / 0.4, 0), 1)
    def lean(self, v, shares, leans):
        return between((v, 1), (between(*[(self.services[k], s) for k, s in shares]), leans))
    def largest(self, shares):
        kept = sorted(shares, key=lambda x: (-x[1], x[0]))[:8]
        return [(k, int(np.clip(np.floor(s * 255 + 0.5), 0, 255))) for k, s in kept]
    def question(self, text, v=None):
        v = self.vector(text) if v is None else v
        if not v.any() or not len(self.services): return v
        shares, certain = self.shares(self.near(v), 0.03)
        return self.lean(v, shares, certain)
    def question_needs(self, text):
        v = self.vector(text)
        if not v.any(): return []
        shares, certain = self.shares(self.near(v), 0.03)
        return self.largest([(k, s / sum(s for _, s in shares) * certain) for k, s in shares])
    def sentence_needs(self, texts):
        most = {}
        for text in texts:
            v = self.vector(text)
            if not v.any(): continue
            cosines = self.services @ v / 65536
            near = []
            for k in sorted(range(len(cosines)), key=lambda k: (-cosines[k], k))[:8]:
                said = self.said[(self.said_ends[k - 1] if k else 0):self.said_ends[k]] @ v / 65536
                near.append((k, 0.5 * cosines[k] + 0.5 * max(said.max(), 0)))
            shares, certain = self.shares(near, 0.06)
            for k, s in shares: most[k] = max(most.get(k, 0), s / sum(s for _, s in shares) * certain)
        return self.largest([(k, s) for k, s in most.items() if s >= 0.01])
    def near(self, v):
        both = (self.services @ v + self.middles @ v) / 65536
        near = []
        for k in sorted(range(len(both)), key=lambda k: (-both[k], k))[:24]:
            c = np.sort(self.wordings[(self.ends[k - 1] if k else 0):self.ends[k]] @ v / 65536)[::-1][:3]
            near.append((k, 0.25 * both[k] + 0.5 * np.maximum(c, 0).sum() / 3))
        return near
    def service(self, text, v=None):
        v = self.vector(text) if v is None else v
        if not v.any() or not len(self.services): return v
        shares, certain = self.shares(list(enumerate(self.services @ v / 65536)), 0.05)
        return self.lean(v, shares, 0.3 * certain)
    def sum(self, ws):
        v = np.zeros(self.rows.shape[1], np.float32); prev = None
        for w in ws:
            i = self.word.get(w)
            if i is not None:
                v += self.rows[i]
                j = self.pair.get((prev, i))
                if j is not None: v += self.rows[j]
            elif len(w) >= 3:
                g = grams(w, self.B)
                for b in g: v += self.rows[self.V + self.P + b] * np.float32(3.0 / len(g))
            prev = i
        return v
    def vector(self, text):
        return whole(self.sum(words(text)))

# Of each kind some, and what is hard: accents, apostrophes, unknown words, nonsense.
KNOWN = ["somewhere to sleep tonight", "night shelter for homeless people", "choir", "quire of paper supplies",
         "qwxzv plok", "I want to stay off the drink", "alcoholics anonymous meeting",
         "Women's group in Łódź café, A&E", "foodbnak parcles", "my hands want something to do"]


def write(rows, vocab, pairs, buckets, needs, folder):
    """model.bin, and known.tsv with what src/meaning must say of some texts."""
    data, student = pack(rows, vocab, pairs, buckets, needs)
    with open(f"{folder}/model.bin", "wb") as file:
        file.write(data)
    with open(f"{folder}/known.tsv", "w") as file:
        for text in KNOWN:
            for kind, v in (("sum", student.vector(text)), ("question", student.question(text)), ("service", student.service(text))):
                file.write(f"{text}\t{kind}\t" + " ".join(map(str, v)) + "\n")
            for kind, needs in (("question's needs", student.question_needs(text)), ("service's needs", student.sentence_needs([text]))):
                file.write(f"{text}\t{kind}\t" + " ".join(f"{k}:{s}" for k, s in needs) + "\n")
