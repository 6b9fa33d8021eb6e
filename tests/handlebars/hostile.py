"""Templates that want too much. As a script: renders each, and prints a JSON line with what came of it."""

import json
import resource
import sys
from pathlib import Path
from time import process_time

from toolkit.handlebars import HandlebarsError, block_parameters, calls, comments, parse, references, render, texts

CONTEXT = {"a": list(range(100)), "b": True, "s": "<é" * 500_000, "o": {str(number): number for number in range(1000)}}

TEMPLATES = {
    "nested blocks": "{{#if b}}" * 20_000 + "{{/if}}" * 20_000,
    "else if": "{{#if c}}" + "{{else if c}}" * 20_000 + "{{/if}}",
    "sub-expressions": "{{x " + "(x " * 20_000 + ")" * 20_000 + "}}",
    "nested each": "{{#each @root.a}}" * 9 + "{{/each}}" * 9,
    "nested each of objects": "{{#each @root.o}}" * 9 + "x" + "{{/each}}" * 9,
    "much text in each": "{{#each @root.a}}" * 3 + "x" * 100_000 + "{{/each}}" * 3,
    "long values": "{{#each a}}{{@root.s}}{{/each}}",
    "encoded values": "{{#each a}}{{#if (queryEncode @root.s)}}{{/if}}{{/each}}",
    "sum of lists": "{{#each @root.a}}" * 2 + "{{{@root.a}}}{{{@root.a}}}" + "{{/each}}" * 2,
    "self-including partial": '{{#*inline "p"}}{{> p}}{{> p}}{{/inline}}{{> p}}',
    "doubling partials": "".join(
        f'{{{{#*inline "p{number}"}}}}{{{{> p{number + 1}}}}}{{{{> p{number + 1}}}}}{{{{/inline}}}}'
        for number in range(60)
    )
    + '{{#*inline "p60"}}x{{/inline}}{{> p0}}',
    "indenting partials": '{{#*inline "p"}}\n  {{> p}}\n{{/inline}}\n  {{> p}}\n',
    "open braces": "{{" * 500_000,
    "braces": "{" * 1_000_000,
    "mustaches": "{{b}}" * 200_000,
    "numbers to add": "{{{a.length}}}" * 12_000,
    "sections": "{{#b}}x{{/b}}" * 8_000,
    "string": "{{queryEncode '" + "&" * 1_000_000 + "'}}",
    "unclosed string": "{{queryEncode '" + "\\'" * 500_000,
    "unclosed brackets": "{{[" + "\\]" * 500_000,
    "unclosed comments": "{{!--" * 200_000,
    "unclosed raw blocks": "{{{{a}}}}" + "{{{{/b" * 150_000,
    "escapes": "\\{{" * 300_000,
    "blanks": " " * 500_000 + "{{#if b}}" + " \n" * 500_000 + "{{/if}}",
    "blanks before else": "{{" + " " * 1_000_000 + "else",
    "lines alone": "\n{{#if b}}\n{{/if}}\n" * 12_000,
    "parents": "{{" + "../" * 20_000 + "a}}",
    "parameters": "{{#each a as |" + " x" * 20_000 + "|}}" + "{{y}}" * 9_000 + "{{/each}}",
    "arguments": "{{log" + " a" * 40_000 + "}}",
    "line breaks": "\r\n" * 500_000 + "{{gone}}",
}


def _peak_memory() -> int:
    """Bytes that this process took at most. On Linux, getrusage would count the process that started it, too."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    for name, template in TEMPLATES.items():
        start = process_time()
        try:
            program = parse(template)
            walks = (references(program), calls(program), block_parameters(program), texts(program), comments(template))
            walked = sum(1 for walk in walks for _ in walk)
            verdict = f"{walked} names and texts, {len(render(template, CONTEXT))} characters"
        except HandlebarsError as error:
            verdict = error.phase
        parse.cache_clear()
        sys.stdout.write(json.dumps([name, verdict, process_time() - start]) + "\n")
    sys.stdout.write(json.dumps(_peak_memory()) + "\n")


if __name__ == "__main__":
    main()
