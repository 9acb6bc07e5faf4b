"""Read articles in the forms people have them; write annotated JSONL."""
