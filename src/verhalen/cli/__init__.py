"""The command line: parse (click), call one method of the door, print or emit JSON. Names and shapes are a contract (docs/cli.md)."""
