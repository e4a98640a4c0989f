//! A pickle stream followed for the values in it. What a call would do is known by its name, or it is an object that is dropped.

use std::collections::BTreeMap;

use super::{
    array::Storage,
    object::{Id, Object, Objects},
    place::Place,
};
use crate::{
    artefact::opcode as op,
    bytes::{Cursor, ReadAt},
};

/// Values on the stack, marks, and values of the memo.
const MAX_HELD: usize = 1 << 20;

/// What a step gives, or why the stream can't be followed.
pub(super) type Step<T = ()> = Result<T, &'static str>;

/// What all streams of a file share.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub(super) objects: Objects,
    pub(super) storages: Vec<Storage>,
    pub(super) places: Vec<Place>,
    /// Storages of the stream by PyTorch's names.
    pub(super) keys: BTreeMap<String, usize>,
    /// Bytes held of decoded text.
    pub(super) held: usize,
}

/// Where a stream is.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) bytes: &'a dyn ReadAt,
    /// Index of the place that the bytes are part of.
    pub(super) place: usize,
    /// Where they begin there.
    pub(super) base: u64,
}

/// A stream being followed.
pub(super) struct Stream<'a, 's> {
    pub(super) spot: Spot<'a>,
    pub(super) cursor: Cursor<'a>,
    pub(super) session: &'s mut Session,
    pub(super) nesting: u8,
    stack: Vec<Id>,
    marks: Vec<usize>,
    memo: BTreeMap<u64, Id>,
}

/// Follows the stream at `offset`: its value, and where it ends.
pub(super) fn follow(
    spot: Spot<'_>,
    offset: u64,
    nesting: u8,
    session: &mut Session,
) -> Step<(Id, u64)> {
    if nesting > 8 {
        return Err("it holds streams within streams");
    }
    let cursor = Cursor::new(spot.bytes, offset);
    let (stack, marks, memo) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut stream = Stream { spot, cursor, session, nesting, stack, marks, memo };
    loop {
        let code = stream.byte()?;
        if code == op::STOP {
            return Ok((stream.pop()?, stream.cursor.offset()));
        }
        stream.step(code)?;
        if stream.stack.len().max(stream.marks.len()).max(stream.memo.len()) > MAX_HELD {
            return Err("it holds more values than are followed");
        }
    }
}

impl Stream<'_, '_> {
    fn step(&mut self, code: u8) -> Step {
        match code {
            op::PROTO => self.byte().map(drop),
            op::FRAME => self.array::<8>().map(drop),
            op::MARK => {
                self.marks.push(self.stack.len());
                Ok(())
            }
            op::POP => self.discard(),
            op::POP_MARK => self.take_to_mark().map(drop),
            op::DUP => {
                let top = self.top()?;
                self.stack.push(top);
                Ok(())
            }
            op::MEMOIZE => self.remember(self.memo.len() as u64),
            op::BINPUT => self.byte().and_then(|index| self.remember(index.into())),
            op::LONG_BINPUT => {
                self.array().and_then(|at| self.remember(u32::from_le_bytes(at).into()))
            }
            op::PUT => self.decimal().and_then(|index| self.remember(index)),
            op::BINGET => self.byte().and_then(|index| self.recall(index.into())),
            op::LONG_BINGET => {
                self.array().and_then(|at| self.recall(u32::from_le_bytes(at).into()))
            }
            op::GET => self.decimal().and_then(|index| self.recall(index)),
            _ => self.literal(code),
        }
    }

    fn literal(&mut self, code: u8) -> Step {
        match code {
            op::NONE => self.push(Object::None),
            op::NEWTRUE => self.push(Object::Bool(true)),
            op::NEWFALSE => self.push(Object::Bool(false)),
            op::BININT => {
                let number = i32::from_le_bytes(self.array()?);
                self.push(Object::Int(number.into()))
            }
            op::BININT1 => {
                let number = self.byte()?;
                self.push(Object::Int(number.into()))
            }
            op::BININT2 => {
                let number = u16::from_le_bytes(self.array()?);
                self.push(Object::Int(number.into()))
            }
            op::LONG1 | op::LONG4 => self.long(code),
            op::INT | op::LONG => self.number_line(),
            op::FLOAT => self.line().and_then(|_| self.push(Object::Number)),
            op::BINFLOAT => self.array::<8>().and_then(|_| self.push(Object::Number)),
            op::BINUNICODE | op::SHORT_BINUNICODE | op::BINUNICODE8 => self.unicode(code),
            op::BINBYTES
            | op::SHORT_BINBYTES
            | op::BINBYTES8
            | op::BYTEARRAY8
            | op::BINSTRING
            | op::SHORT_BINSTRING => self.bytes(code),
            op::STRING | op::UNICODE => self.text_line(code),
            _ => self.container(code),
        }
    }

    fn container(&mut self, code: u8) -> Step {
        match code {
            op::EMPTY_TUPLE => self.push(Object::Tuple(Vec::new())),
            op::TUPLE1 => self.tuple(1),
            op::TUPLE2 => self.tuple(2),
            op::TUPLE3 => self.tuple(3),
            op::TUPLE => {
                let items = self.take_to_mark()?;
                self.push(Object::Tuple(items))
            }
            op::EMPTY_LIST => self.push(Object::List(Vec::new())),
            op::EMPTY_DICT => self.push(Object::Dict(Vec::new())),
            op::EMPTY_SET => self.push(Object::Set),
            op::LIST => {
                let items = self.take_to_mark()?;
                self.push(Object::List(items))
            }
            op::DICT => {
                let items = self.take_to_mark()?;
                self.push(Object::Dict(Vec::new()))?;
                let dict = self.top()?;
                self.session.objects.insert(dict, &items)
            }
            op::FROZENSET => self.take_to_mark().and_then(|_| self.push(Object::Set)),
            op::ADDITEMS => self.take_to_mark().map(drop),
            op::APPEND => {
                let item = self.pop()?;
                let list = self.top()?;
                self.session.objects.append(list, &[item])
            }
            op::APPENDS => {
                let items = self.take_to_mark()?;
                let list = self.top()?;
                self.session.objects.append(list, &items)
            }
            op::SETITEM => {
                let (value, key) = (self.pop()?, self.pop()?);
                let dict = self.top()?;
                self.session.objects.insert(dict, &[key, value])
            }
            op::SETITEMS => {
                let items = self.take_to_mark()?;
                let dict = self.top()?;
                self.session.objects.insert(dict, &items)
            }
            _ => self.effect(code),
        }
    }

    fn effect(&mut self, code: u8) -> Step {
        match code {
            op::GLOBAL => {
                let (module, name) = (self.line()?, self.line()?);
                self.push(Object::Import(format!("{module}.{name}").into()))
            }
            op::STACK_GLOBAL => {
                let (name, module) = (self.pop()?, self.pop()?);
                let objects = &self.session.objects;
                let named = objects.text(module).zip(objects.text(name));
                let named = named.map(|(module, name)| format!("{module}.{name}"));
                self.push(Object::Import(named.ok_or("it imports by no name")?.into()))
            }
            op::REDUCE | op::NEWOBJ => {
                let (arguments, callable) = (self.pop()?, self.pop()?);
                let made = self.call(callable, arguments, code == op::NEWOBJ)?;
                self.stack.push(made);
                Ok(())
            }
            op::NEWOBJ_EX => {
                let (_, arguments, class) = (self.pop()?, self.pop()?, self.pop()?);
                let made = self.call(class, arguments, true)?;
                self.stack.push(made);
                Ok(())
            }
            op::BUILD => {
                let state = self.pop()?;
                let object = self.top()?;
                self.build(object, state)
            }
            op::BINPERSID => {
                let id = self.pop()?;
                let value = self.persistent(id)?;
                self.stack.push(value);
                Ok(())
            }
            op::READONLY_BUFFER => Ok(()),
            _ => Err("it uses an opcode that files of tensors don't need"),
        }
    }

    // Stack and memo.

    pub(super) fn push(&mut self, object: Object) -> Step {
        let id = self.session.objects.add(object)?;
        self.stack.push(id);
        Ok(())
    }

    fn pop(&mut self) -> Step<Id> {
        self.stack.pop().ok_or("it takes a value from an empty stack")
    }

    fn top(&self) -> Step<Id> {
        self.stack.last().copied().ok_or("it takes a value from an empty stack")
    }

    fn discard(&mut self) -> Step {
        match self.marks.last() {
            Some(mark) if *mark == self.stack.len() => {
                self.marks.pop();
                Ok(())
            }
            _ => self.pop().map(drop),
        }
    }

    fn take_to_mark(&mut self) -> Step<Vec<Id>> {
        let mark = self.marks.pop().ok_or("it looks for a mark that was never set")?;
        Ok(self.stack.split_off(mark.min(self.stack.len())))
    }

    fn tuple(&mut self, count: usize) -> Step {
        let start =
            self.stack.len().checked_sub(count).ok_or("it takes a value from an empty stack")?;
        let items = self.stack.split_off(start);
        self.push(Object::Tuple(items))
    }

    fn remember(&mut self, index: u64) -> Step {
        let top = self.top()?;
        self.memo.insert(index, top);
        Ok(())
    }

    fn recall(&mut self, index: u64) -> Step {
        let value = self.memo.get(&index).copied();
        self.stack.push(value.ok_or("it asks the memo for what was never put there")?);
        Ok(())
    }
}
