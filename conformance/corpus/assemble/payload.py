"""What a hostile file does when it is loaded: it leaves an empty file in the current folder."""

CANARY = "coseal-canary"
#: For a shell.
COMMAND = f"touch {CANARY}"
#: For Python.
PYTHON = f"open('{CANARY}','w').close()"
#: `PYTHON` as code that `marshal` of CPython 3.11 reads, so that the bytes are the same on every Python.
MARSHALLED = bytes.fromhex(
    "630000000000000000000000000400000000000000f34200000097000200650064006401a6020000ab020000000000000000a0010000000000000000"
    "000000000000000000000000a6000000ab00000000000000000001006402530029037a0d636f7365616c2d63616e617279da01774e2902da046f7065"
    "6eda05636c6f7365a900f300000000fa033c6d3efa083c6d6f64756c653e7207000000010000007329000000f003010101d800048004805f9053d100"
    "19d40019d7001fd2001fd10021d40021d00021d00021d000217205000000"
)
#: An address at which nothing listens.
NOWHERE = "http://127.0.0.1:9/"
