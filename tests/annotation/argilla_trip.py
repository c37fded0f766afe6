"""Run where argilla is installed: reads a folder as `Dataset.from_disk` does, lets two people
answer, and writes it as `Dataset.to_disk` does. Prints what argilla made of it."""

import json
import sys
from pathlib import Path
from uuid import UUID

import argilla as rg
from argilla.datasets import Dataset
from argilla.records._io import JsonIO


class NoServer:
    class api:
        fields = questions = metadata = vectors = None


rg.Argilla._default_client = NoServer()
source, target, variant_id, user, other = Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]
dataset_path, settings_path, records_path = Dataset._define_child_paths(source)
model = Dataset._load_dataset_model(dataset_path)
settings = rg.Settings.from_json(settings_path)
settings.validate()
records = JsonIO._records_from_json(records_path)
labels = {q.name: q.labels for q in settings.questions if q.type == "label_selection"}
for record in records:
    record.dataset = type("Known", (), {"settings": settings})()
    record.api_model().model_dump_json()
    assert set(record.fields) == {field.name for field in settings.fields}
    for response in record.responses:
        question = settings.questions[response.question_name]
        allowed = labels.get(question.name) or getattr(question, "values", None)
        assert allowed is None or response.value in allowed, response.value
print(
    json.dumps({
        "name": model.name,
        "same settings": settings.serialize() == json.loads(settings_path.read_text()),
        "same records": [r.to_dict() | {"responses": {}} for r in records]
        == [r | {"responses": {}} for r in json.loads(records_path.read_text())],
        "responses": sum(len(record.responses) for record in records),
        "statuses": sorted({str(r.status.value) for record in records for r in record.responses}),
    })
)  # fmt: skip

(record,) = [record for record in records if record.id == variant_id]
for response in record.responses:
    if response.question_name == "reason" and str(response.user_id) == other:
        response.value = "trivial"
answers = {"word": "rejected", "reason": "worse style", "naturalness": 2, "comment": "é"}
for question, value in answers.items():
    record.responses.add(rg.Response(question, value, user_id=UUID(user), status="submitted"))
_, settings_path, records_path = Dataset._define_child_paths(target)
settings.to_json(settings_path)
JsonIO.to_json(records, records_path)
