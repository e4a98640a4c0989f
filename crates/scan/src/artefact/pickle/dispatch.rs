//! What each opcode does.

use super::{
    machine::{Ended, Machine, Step},
    opcode as op,
    value::{Span, Value},
};

impl Machine<'_, '_, '_> {
    pub(super) fn execute(&mut self, code: u8) -> Step {
        match code {
            op::BINUNICODE | op::SHORT_BINUNICODE | op::BINUNICODE8 => self.string(code),
            op::MEMOIZE => self.memoize(),
            op::BINPUT | op::LONG_BINPUT | op::PUT => self.put(code),
            op::BINGET | op::LONG_BINGET | op::GET => self.get(code),
            op::BININT | op::BININT1 | op::BININT2 | op::INT | op::LONG | op::LONG1 | op::LONG4 => {
                self.integer(code)
            }
            op::NONE => self.push(Value::None),
            op::NEWTRUE => self.push(Value::Bool(true)),
            op::NEWFALSE => self.push(Value::Bool(false)),
            op::BINFLOAT => {
                self.array::<8>()?;
                self.push(Value::Float)
            }
            op::FLOAT => self.float(),
            op::MARK => self.mark(),
            op::POP => self.discard(),
            op::POP_MARK => self.take_to_mark().map(drop),
            op::DUP => {
                let top = self.top()?;
                self.push(top)
            }
            op::STOP => {
                let value = self.pop()?;
                let left = !self.stack.is_empty() || !self.marks.is_empty();
                if left && !self.lenient {
                    self.session.leftover = true;
                }
                Err(Ended::Stop(value))
            }
            op::PROTO => {
                let version = self.byte()?;
                if version > 5 {
                    self.session.oddity(self.here, "an unknown protocol version");
                }
                self.protocol = self.protocol.max(version);
                Ok(())
            }
            op::FRAME => {
                let length = u64::from_le_bytes(self.array()?);
                if length > self.cursor.left() {
                    self.session.oddity(self.here, "a frame longer than the file");
                }
                if self.frame_end > self.here {
                    self.session.oddity(self.here, "a frame within a frame");
                }
                let end = self.cursor.offset().saturating_add(length);
                self.frame_end = self.frame_end.max(end);
                Ok(())
            }
            op::STRING
            | op::BINSTRING
            | op::SHORT_BINSTRING
            | op::UNICODE
            | op::BINBYTES
            | op::SHORT_BINBYTES
            | op::BINBYTES8
            | op::BYTEARRAY8 => self.string(code),
            _ => self.compound(code),
        }
    }

    fn compound(&mut self, code: u8) -> Step {
        match code {
            op::EMPTY_TUPLE => self.tuple(0),
            op::TUPLE1 => self.tuple(1),
            op::TUPLE2 => self.tuple(2),
            op::TUPLE3 => self.tuple(3),
            op::TUPLE => {
                let items = self.take_to_mark()?;
                self.push_tuple(&items)
            }
            op::EMPTY_LIST => self.container(Value::List, &[]),
            op::EMPTY_DICT => self.container(Value::Dict, &[]),
            op::EMPTY_SET => self.container(Value::Set, &[]),
            op::LIST => {
                let items = self.take_to_mark()?;
                self.container(Value::List, &items)
            }
            op::DICT => {
                let items = self.take_to_mark()?;
                if !items.len().is_multiple_of(2) {
                    return Err(Ended::Broken("a key without a value"));
                }
                self.hash(items.iter().step_by(2));
                self.container(Value::Dict, &items)
            }
            op::FROZENSET => {
                let items = self.take_to_mark()?;
                self.hash(items.iter());
                self.container(Value::Set, &items)
            }
            op::APPEND => {
                let item = self.pop()?;
                self.add_items(&[item])
            }
            op::APPENDS | op::ADDITEMS => {
                let items = self.take_to_mark()?;
                self.add_items(&items)
            }
            op::SETITEM => {
                let (value, key) = (self.pop()?, self.pop()?);
                self.add_pairs(&[key, value])
            }
            op::SETITEMS => {
                let items = self.take_to_mark()?;
                self.add_pairs(&items)
            }
            _ => self.effect(code),
        }
    }

    fn effect(&mut self, code: u8) -> Step {
        match code {
            op::GLOBAL => self.global(),
            op::STACK_GLOBAL => self.stack_global(),
            op::INST => self.inst(),
            op::OBJ => self.obj(),
            op::REDUCE => {
                let (arguments, callable) = (self.pop()?, self.pop()?);
                self.reduce(callable, arguments)
            }
            op::NEWOBJ => {
                let (arguments, class) = (self.pop()?, self.pop()?);
                self.new_object(class, arguments)
            }
            op::NEWOBJ_EX => {
                let (named, arguments, class) = (self.pop()?, self.pop()?, self.pop()?);
                self.hand_over(&[named]);
                self.named_arguments(class, named);
                self.new_object(class, arguments)
            }
            op::BUILD => {
                let state = self.pop()?;
                self.build(state)
            }
            op::EXT1 => {
                let [code] = self.array()?;
                self.extension(code.into())
            }
            op::EXT2 => {
                let code = u16::from_le_bytes(self.array()?);
                self.extension(code.into())
            }
            op::EXT4 => {
                let code = i32::from_le_bytes(self.array()?);
                self.extension(code.into())
            }
            op::PERSID => {
                let length = self.line()?;
                let id = Span::new(self.here.saturating_add(1), length);
                // Unpicklers read it as ASCII.
                if !self.read(id).is_some_and(|id| id.is_ascii()) {
                    return Err(Ended::Broken("a persistent id that is no short text"));
                }
                self.persistent(Value::Str(id))
            }
            op::BINPERSID => {
                let id = self.pop()?;
                self.persistent(id)
            }
            op::NEXT_BUFFER => {
                self.session.outside_buffer = true;
                self.push(Value::Outside)
            }
            op::READONLY_BUFFER => {
                if !matches!(self.top()?, Value::Outside | Value::Forgotten) {
                    self.session.oddity(self.here, "it takes a view of what is no outside buffer");
                }
                Ok(())
            }
            _ => Err(Ended::Broken("an unknown opcode")),
        }
    }
}
