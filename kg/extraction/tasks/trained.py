"""Which candidates are tasks that the paper addresses, by a model."""

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.linear import LinearModel, load_model
from kg.extraction.tasks.candidates import TaskCandidates
from kg.extraction.tasks.features import TaskGroup, task_groups
from kg.extraction.tasks.found import MOST_TASKS, FoundTask, sentence_of

ADDRESSED = "addressed"
"""Class of the model for tasks that the paper addresses; all else is the other."""
_BY = "model"


@Language.factory(
    "citegraph_trained_tasks",
    default_config={"model": "tasks.npz", "threshold": 0.5},
    assigns=["doc._.citegraph_tasks"],
    requires=["token.is_sent_start", "doc._.citegraph_entities", "doc._.citegraph_relations"],
)
def create_trained_tasks(nlp: Language, name: str, model: str, threshold: float) -> "TrainedTasks":
    """Finds tasks with a trained model; writes `doc._.citegraph_tasks`, the most probable first.

    Args:
        model: file in `kg/extraction/model`, or an absolute path.
        threshold: probability (0 to 1) that a task needs.
    """
    return TrainedTasks(load_model(model), threshold)


class TrainedTasks:
    """Takes the candidates that are probably addressed, of those that say much the same the most probable."""

    def __init__(self, model: LinearModel, threshold: float) -> None:
        self.model = model
        self.threshold = threshold
        self.candidates = TaskCandidates()

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.citegraph_tasks`, at most four."""
        judged = []
        for group in task_groups(doc, self.candidates.places(doc)):
            probability = self.model.probabilities(group.features, group.vector)[ADDRESSED]
            if probability >= self.threshold:
                judged.append((probability, group))
        judged.sort(key=lambda item: (-item[0], -len(item[1].task), item[1].task))
        chosen: list[tuple[float, TaskGroup]] = []
        for probability, group in judged:
            if not any(_says_the_same(group.task, other.task) for _, other in chosen):
                chosen.append((probability, group))
        doc._.citegraph_tasks = tuple(
            FoundTask(group.task, round(probability, 3), _BY, sentence_of(doc[place.start : place.end]))
            for probability, group in chosen[:MOST_TASKS]
            for place in group.places[:1]
        )
        return doc


def _says_the_same(one: str, other: str) -> bool:
    """Whether one name is part of the other, or half of the words of both are common to both."""
    if f" {one} " in f" {other} " or f" {other} " in f" {one} ":
        return True
    first, second = (set(task.replace("-", " ").split()) for task in (one, other))
    return 2 * len(first & second) >= len(first | second)
