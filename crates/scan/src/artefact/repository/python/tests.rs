//! Sources written by hand.

use super::{Source, acts};

const HARMLESS: &[&str] = &[
    "m.eval()",
    "model.train(); model.eval()",
    "import re\nP = re.compile('a')",
    "'''requests.get(url); os.system(x); exec(y)'''",
    "# exec('1')\nx = 1",
    "import torch\nf = torch.compile(f)",
    "import os\np = os.path.join(os.environ.get('A', ''), 'b')\nos.makedirs(p)",
    "import sys\nsys.modules[__name__] = 1",
    "import importlib\nm = importlib.import_module('.net', __package__)",
    "def main():\n  import subprocess\n  subprocess.run(['x'])\nif __name__ == '__main__':\n  main()",
    "import requests\ndef prepare_image():\n  return requests.get('http://x')",
    "def f(eval=False): return eval",
    "f(eval=True, exec=1)",
    "import pickle\nx = pickle.dumps(1)",
    "import subprocess\ntry: f()\nexcept subprocess.CalledProcessError: pass",
    "import platform\nx = platform.system()",
    "def f(nt, code): return g(nt, code.upper(), requests.score)",
    "import os\nhasattr(os, 'fork')",
    "import os\ndel os",
    "x = getattr(torch, dtype)",
    "import socket\nname = socket.gethostname()",
    "class A:\n  def eval(self): pass\n  def exec(self): self.eval()",
];

const HOSTILE: &[&str] = &[
    "import os\nos.system('x')",
    "import os as o\no.system('x')",
    "from os import system\nsystem('x')",
    "from os import (path,\n  system as s)\ns('x')",
    "import sys, os\nos.system('x')",
    "from os import *\nsystem('x')",
    "import os\ngetattr(os, 'sys' + 'tem')('x')",
    "import os\ngetattr(os, 'metsys'[::-1])('x')",
    "import os\nf = os.system\nf('x')",
    "import os\nm = os\nm.system('x')",
    "__import__('os').system('x')",
    "__import__('o' 's').system('x')",
    "__import__(chr(111) + 's').system('x')",
    "import importlib\nimportlib.import_module('os').system('x')",
    "from importlib import import_module as im\nim('subprocess').run('x')",
    "class A:\n  exec('1')",
    "@eval\ndef f(): pass",
    "x = lambda: exec('1')\nx()",
    "def f(a=eval('1')): pass",
    "import base64\nexec(base64.b64decode('eA=='))",
    "import marshal, types\ntypes.FunctionType(marshal.loads(b'x'), {})()",
    "import zlib\nexec(zlib.decompress(b'x'))",
    "import sys\nsys.modules['os'].system('x')",
    "import sys\nsys.modules.get('os').system('x')",
    "__builtins__['exec']('1')",
    "__builtins__.exec('1')",
    "import builtins\nbuiltins.exec('1')",
    "import builtins as b\ngetattr(b, 'ex' 'ec')('1')",
    "().__class__.__base__.__subclasses__()",
    "f.__globals__['os'].system('x')",
    "import os\nos.__dict__['system']('x')",
    "import os\nvars(os)['system']('x')",
    "import os\nlist(map(os.system, ['x']))",
    "import os\n[os][0].system('x')",
    "import os\n(os).system('x')",
    "import os\nf'{os.system(\"x\")}'",
    "f'{'#'}'; __import__('os').system('x')",
    "# \rimport os\ros.system('x')",
    "import os; os.system('x')",
    "if True: import os; os.system('x')",
    "import\\\n os\nos\\\n.system('x')",
    "class Net:\n  def __init__(self):\n    exec('1')",
    "class Net:\n  def __init__(self):\n    self.f()\n  def f(self):\n    import subprocess as p\n    p.Popen('x')",
    "import transformers\ntransformers.utils.os.system('x')",
    "import urllib.request\nurllib.request.urlopen('http://x')",
    "import socket\ns = socket.socket()",
    "import requests\nrequests.post('http://x')",
    "import ctypes\nctypes.CDLL('x')",
    "import pickle\npickle.loads(b'x')",
    "# coding: utf-7\nx = 1",
    "#!/usr/bin/python\n# -*- coding: rot13 -*-\nvzcbeg bf",
    "\u{ff45}xec('1')",
    "import \u{1d428}s\n\u{1d428}s.system('x')",
    "import shutil\nshutil.rmtree('/')",
    "import asyncio\nasyncio.run(asyncio.create_subprocess_shell('x'))",
    "with open('x') as f: exec(f.read())",
    "import pty\npty.spawn('sh')",
    "import runpy\nrunpy.run_path('x')",
    "def f():\n  exec('1')\nimport threading\nthreading.Thread(target=f).start()",
    "x = [exec('1') for _ in 'a']",
    "e = exec\ne('1')",
    "a = b = exec\na('1')",
    "(e := exec)('1')",
    "import os\no = __import__('os')\no.popen('x')",
    "print('x') if exec('1') else 0",
    "import os\nif 1:\n\tos.system('x')",
    "getattr(__import__('os'), 'system')('x')",
    "import os\nos.__getattribute__('system')('x')",
    "1 and exec('1')",
    "match exec('1'):\n  case _: pass",
    "type('A', (), {'a': exec('1')})",
    "import code\ncode.InteractiveInterpreter().runcode('x')",
    "raise exec('1')",
    "f = print\nf(*map(eval, ['1']))",
    "import nt, posix\nposix.system('x')",
    "globals()['__builtins__'].exec('1')",
    "from subprocess import Popen as P, PIPE\nP('x', stdout=PIPE)",
];

#[test]
fn what_models_do_is_no_act() {
    for text in HARMLESS {
        assert_eq!(acts(text), None, "{text}");
    }
}

#[test]
fn dangerous_calls_are_found_by_whatever_name() {
    let missed: Vec<_> = HOSTILE.iter().filter(|text| acts(text).is_none()).collect();
    assert!(missed.is_empty(), "{} of {}: {missed:#?}", missed.len(), HOSTILE.len());
}

#[test]
fn all_modules_that_are_imported_are_known() {
    let of = |text: &str| Source::read(text).imports().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(of("import a, b.c as d; from .e import f"), ["a", "b.c", "e", "e.f"]);
    assert_eq!(of("import_module('.k.l', p)"), ["k.l"]);
    assert_eq!(of("from . import (g,\n h as i)"), ["g", "h"]);
    assert_eq!(of("if x:\n  from ..j.k import *"), ["j.k"]);
    assert_eq!(of("'import a'\n# import b\nraise x from y"), [] as [&str; 0]);
}
