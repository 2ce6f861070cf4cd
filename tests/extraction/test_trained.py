from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.extraction import PIPELINES, Extractor, confident, linear
from kg.extraction.linear import LinearModel
from kg.extraction.vectors import FILE
from kg.schema import Extraction, Paper

CALIBRATION = "relations-calibration.npz"


@pytest.fixture
def model() -> LinearModel:
    return LinearModel(("no", "yes"), ("a", "b"), np.array([[1, -1], [0, 2]], np.float32), np.zeros(2, np.float32))


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.floats(-50, 50)))
def test_probabilities_add_up_to_one_and_unknown_features_count_nothing(features: dict[str, float]) -> None:
    model = LinearModel(("no", "yes"), ("a", "b"), np.array([[1, -1], [0, 2]], np.float32), np.zeros(2, np.float32))
    chances = model.probabilities(features)
    assert sum(chances.values()) == pytest.approx(1)
    assert chances == model.probabilities({name: value for name, value in features.items() if name != "c"})


def test_a_model_is_the_same_file_and_the_same_model_after_saving(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path / "one.npz")
    LinearModel.load(tmp_path / "one.npz").save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert LinearModel.load(tmp_path / "two.npz").probabilities({"b": 1.0}) == model.probabilities({"b": 1.0})


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.npz").write_text("no zip")
    with pytest.raises(ValueError, match=r"bad\.npz is no model"):
        LinearModel.load(tmp_path / "bad.npz")


@pytest.mark.parametrize("name", PIPELINES)
def test_every_pipeline_reads(name: str) -> None:
    found = Extractor.load(name).one(
        Paper(id="p", title="ZorbNet: Birds", abstract="ZorbNet is evaluated on ImageNet.")
    )
    assert {entity.name for entity in found.entities} == {"ZorbNet", "ImageNet"}
    assert found.pipeline and found.pipeline.startswith(name)


def test_an_unknown_pipeline_is_refused() -> None:
    with pytest.raises(InputError, match="default, rules"):
        Extractor.load("other")


def test_what_is_not_sure_enough_is_left_out(extractor: Extractor, sample: list[Paper]) -> None:
    everything = extractor.one(sample[0])
    said = sorted(relation.confidence for entity in everything.entities for relation in entity.relations)
    least = said[len(said) // 2]
    kept = confident(everything, least)
    assert kept.entities
    assert len(kept.entities) < len(everything.entities)
    assert all(relation.confidence >= least for entity in kept.entities for relation in entity.relations)
    assert confident(everything, 0) is everything
    assert isinstance(kept, Extraction)


def test_every_model_that_ships_is_the_file_that_saving_it_gives(tmp_path: Path) -> None:
    # But for the compression, which depends on the version of zlib.
    shipped = sorted(
        path for path in (Path(linear.__file__).parent / "model").glob("*.npz") if path.name not in {FILE, CALIBRATION}
    )
    assert len(shipped) == 6
    for path in shipped:
        LinearModel.load(path).save(tmp_path / path.name)
        with np.load(path) as one, np.load(tmp_path / path.name) as other:
            assert one.files == other.files
            assert all(one[name].tobytes() == other[name].tobytes() for name in one.files)


def test_a_model_whose_parts_do_not_fit_is_named(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path / "bad.npz")
    with np.load(tmp_path / "bad.npz") as file:
        np.savez(tmp_path / "bad.npz", **{**file, "bias": np.zeros(3, np.float32)})
    with pytest.raises(ValueError, match=r"bad\.npz is no model of citegraph: 2 features"):
        LinearModel.load(tmp_path / "bad.npz")
