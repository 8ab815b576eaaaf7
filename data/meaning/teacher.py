"""The teacher: all-MiniLM-L6-v2 in plain PyTorch, read from its folder (model.safetensors, tokenizer.json)."""
import json
import struct

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

class Teacher:
    def __init__(self, folder):
        self.folder = folder
        raw = open(f"{folder}/model.safetensors", "rb").read()
        size = struct.unpack("<Q", raw[:8])[0]
        header = json.loads(raw[8:8 + size])
        self.w = {}
        for name, info in header.items():
            if name == "__metadata__" or info["dtype"] != "F32":
                continue
            a, b = info["data_offsets"]
            self.w[name] = torch.from_numpy(np.frombuffer(raw[8 + size + a:8 + size + b], np.float32).reshape(info["shape"]).copy())
        self.tok = Tokenizer.from_file(f"{folder}/tokenizer.json")
        self.tok.no_padding(); self.tok.enable_truncation(128)

    def lin(self, x, name):
        return F.linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def ln(self, x, name):
        return F.layer_norm(x, (384,), self.w[name + ".weight"], self.w[name + ".bias"], 1e-12)

    @torch.no_grad()
    def forward(self, ids, mask):
        w = self.w
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:ids.shape[1]] + w["embeddings.token_type_embeddings.weight"][0]
        x = self.ln(x, "embeddings.LayerNorm")
        bias = torch.where(mask[:, None, None, :], 0.0, -1e9)
        for i in range(6):
            p = f"encoder.layer.{i}."
            q, k, v = (self.lin(x, p + f"attention.self.{n}").view(*x.shape[:2], 12, 32).transpose(1, 2) for n in ("query", "key", "value"))
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype)).transpose(1, 2).reshape(x.shape)
            x = self.ln(x + self.lin(a, p + "attention.output.dense"), p + "attention.output.LayerNorm")
            h = self.lin(F.gelu(self.lin(x, p + "intermediate.dense")), p + "output.dense")
            x = self.ln(x + h, p + "output.LayerNorm")
        m = mask[..., None].to(x.dtype)
        return F.normalize((x * m).sum(1) / m.sum(1), dim=-1)

    def encode(self, texts, batch_tokens=8192):
        enc = [e.ids for e in self.tok.encode_batch(list(texts))]
        order = sorted(range(len(enc)), key=lambda i: len(enc[i]))
        out = np.zeros((len(enc), 384), np.float32)
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and len(enc[order[end]]) * (end - at + 1) <= batch_tokens:
                end += 1
            end = max(end, at + 1)
            rows = order[at:end]; longest = len(enc[rows[-1]])
            ids = torch.zeros(len(rows), longest, dtype=torch.long); mask = torch.zeros(len(rows), longest, dtype=torch.bool)
            for r, i in enumerate(rows):
                ids[r, :len(enc[i])] = torch.tensor(enc[i]); mask[r, :len(enc[i])] = True
            with torch.autocast("cpu", dtype=torch.bfloat16):
                out[rows] = self.forward(ids, mask).float().numpy()
            at = end
        return out
