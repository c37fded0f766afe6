"""Unsloth: a script. Most of its users' empty losses come from marks that are not their template's
(unslothai/unsloth#2095, #1128, #2734): here the marks are read off the template."""

from __future__ import annotations

from codeaug.formats import Facts

FILE = "training/unsloth_sft.py"
_SCRIPT = '''\
"""Fine-tunes a model on this dataset with Unsloth. In the dataset's folder:

    python {file} {model} OUT
"""

import sys

LONGEST = {longest}  # tokens; Unsloth and TRL cut what is longer without a word


def marks(tokenizer):
    """What stands before a question and before an answer in the tokenizer's own template."""

    def text(*turns, **options):
        roles = ("user", "assistant")
        messages = [{{"role": roles[i % 2], "content": t}} for i, t in enumerate(turns)]
        return tokenizer.apply_chat_template(messages, tokenize=False, **options)

    asked, answered, again = text("ONE"), text("ONE", "TWO"), text("ONE", "TWO", "THREE")
    question = again[len(answered) : again.index("THREE")]
    answer = text("ONE", add_generation_prompt=True)[len(asked) :]
    return question, answer


def main(name, out):
    from unsloth import FastLanguageModel  # before the others: it patches them
    from unsloth.chat_templates import train_on_responses_only

    from datasets import load_dataset
    from trl import SFTConfig, SFTTrainer

    model, tokenizer = FastLanguageModel.from_pretrained(name, max_seq_length=LONGEST)
    model = FastLanguageModel.get_peft_model(model)
    data = load_dataset("json", data_files={{"train": "{train}"}}, split="train")
    rows = data.map(
        lambda row: {{"text": tokenizer.apply_chat_template(row["messages"], tokenize=False)}},
        remove_columns=data.column_names,
    )
    args = SFTConfig(output_dir=out, dataset_text_field="text", max_length=LONGEST, packing=False)
    trainer = SFTTrainer(model=model, tokenizer=tokenizer, train_dataset=rows, args=args)
    question, answer = marks(tokenizer)
    trainer = train_on_responses_only(trainer, instruction_part=question, response_part=answer)
    kept = sum(any(label != -100 for label in row["labels"]) for row in trainer.train_dataset)
    if kept != len(data):
        sys.exit(f"only {{kept}} rows of {{len(data)}} have an answer to learn from")
    trainer.train()
    model.save_pretrained(out)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
'''


def supervised(facts: Facts) -> dict[str, bytes]:
    text = _SCRIPT.format(
        file=FILE,
        model=facts.model or "MODEL",
        longest=facts.longest,
        train=facts.file("train"),
    )
    return {FILE: text.encode()}
