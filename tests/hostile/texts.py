"""Text that attacks what reads, stores or prints it. None of it may do more than stand on a page."""

SECRET = "PLANTED-SECRET-7431"
"""Put into the environment; it may be printed nowhere."""
TEXTS = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)><b>bold</b>",
    "closing": "</td></table></body></html><h1>gone",
    "comment": "<!-- <!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x; -->",
    "style": "</style><style>*{display:none}</style>} body{display:none} /*",
    "import": "@import url(file:///etc/passwd); background:url(http://127.0.0.1:9/x)",
    "link": "<link rel=attachment href=file:///etc/passwd><a href='javascript:1'>x</a>",
    "svg": "<svg><image href='file:///etc/hostname'/><use href='http://127.0.0.1:9/#x'/></svg>",
    "jinja": "{{ 7*191 }}{% for x in [].__class__.__mro__ %}{{ x }}{% endfor %}{# #}",
    "environment": "${PLANNER_PLANTED} $PLANNER_PLANTED %PLANNER_PLANTED% {{ config }} {{ env.PLANNER_PLANTED }}",
    "format": "{0.__class__} {name} %s %(name)s %n",
    "formula": '=HYPERLINK("http://127.0.0.1:9/","x")',
    "formula-at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "zero-width": "oxy\u200bco\u200ddone\u2060 1\ufeff0\u00ad0 mg",
    "combining": "Z" + "\u0335\u0322" * 40,
    "path": "../../../../tmp/planted/../x\\..\\y",
    "quotes": "'\"`;--\\ \\\\ \\u0000 \\n",
    "yaml": "!!python/object/apply:os.system ['true'] &a *a ? : - |",
    "wide": "W" * 190,
    "emoji": "\U0001f600\U0001f9ea\ud83d".encode("utf-8", "ignore").decode(),
}
UNPRINTABLE = {
    "right-to-left": "\u202e\u2066gm 01 enodocyxo\u2069\u202c",
    "null": "a\x00b",
    "escape": "a\x1b[31mred",
    "bell": "a\x07b",
    "line separators": "a\u2028b\u2029c\x85d",
    "newline": "a\nb\rc",
    "lone surrogate": "a\ud800b",
}
"""Characters that no page can show, or that turn what it shows around."""
LONG = "A" * 10_000
