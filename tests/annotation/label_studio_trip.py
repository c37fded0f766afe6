"""Run where label-studio-sdk is installed: has it check a folder of ours, lets two people answer,
and writes the tasks anew. Prints what Label Studio's own converter reads of them."""

import json
import sys
import tempfile
from pathlib import Path

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface
from label_studio_sdk.label_interface.objects import AnnotationValue, TaskValue

source, target, variant_id, user, other = Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]
config = (source / "config.xml").read_text()
interface = LabelInterface(config)
interface.validate()
tasks = json.loads((source / "tasks.json").read_text())
annotations = 0
for number, task in enumerate(tasks, 1):
    TaskValue(**task)
    assert interface.validate_task({"data": task["data"]})
    for annotation in task["annotations"]:
        assert interface.validate_annotation(annotation), annotation
        annotations += 1
        AnnotationValue(**annotation)
    task["id"] = number

(task,) = [task for task in tasks if task["data"]["variant_id"] == variant_id]
for annotation in task["annotations"]:
    if str(annotation["completed_by"]) == other:
        (region,) = [r for r in annotation["result"] if r["from_name"] == "reason"]
        region["value"]["choices"] = ["trivial"]
        annotation["updated_at"] = "2026-03-04T05:06:07.000008Z"
answers = {"word": "rejected", "reason": "worse style", "naturalness": 2, "comment": "é"}
regions = [region._dict() for region in interface.create_regions(answers)]
made = AnnotationValue(completed_by=int(user), result=regions, lead_time=3.0).model_dump()
assert interface.validate_annotation(made), made
at = "2026-03-04T05:06:07.000008Z"
task["annotations"].append(made | {"id": 77, "created_at": at, "updated_at": at})
(target / "tasks.json").write_text(json.dumps(tasks))

with tempfile.TemporaryDirectory() as folder:
    converter = Converter(config, str(source))
    converter.convert_to_json_min(str(target / "tasks.json"), folder, is_dir=False)
    read = json.loads((Path(folder) / "result.json").read_text())
words = sorted(str(one["word"]) for one in read if "word" in one)
print(json.dumps({"annotations": annotations, "words": words}))
