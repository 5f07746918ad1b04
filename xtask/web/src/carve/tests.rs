use std::fmt::Write as _;

use proptest::prelude::*;
use wasmi::{Caller, Engine, Extern, Instance, Linker, Store};

use super::*;

/// What a function does: adds its own number to what the host counts, and calls others, straight or through the table.
#[derive(Clone, Debug)]
struct Function {
    lazy: bool,
    exported: bool,
    listed: bool,
    calls: Vec<(prop::sample::Index, bool)>,
}

/// Those that come before call those that come later, so that every call ends.
fn text(functions: &[Function]) -> String {
    let listed: Vec<usize> = (0..functions.len()).filter(|at| functions[*at].listed).collect();
    let name = |at: usize| format!("${}::f{at}", if functions[at].lazy { "lazy" } else { "soon" });
    let mut text =
        String::from("(module (import \"host\" \"saw\" (func $saw (param i32)))\n(memory (export \"memory\") 1)\n");
    text.push_str("(global $sum (mut i32) (i32.const 0))\n(data (i32.const 0) \"\\07\")\n(type $plain (func))\n");
    let _ = writeln!(text, "(table {} 90 funcref)\n(elem (i32.const 1) func", listed.len() + 1);
    listed.iter().for_each(|at| text.push_str(&format!(" {}", name(*at))));
    text.push_str(")\n(func (export \"sum\") (result i32) (global.get $sum))\n");
    for (at, function) in functions.iter().enumerate() {
        let _ = write!(text, "(func {} (type $plain)", name(at));
        let _ = write!(text, " (call $saw (i32.const {at}))");
        let own = format!("(i32.add (i32.const {at}) (i32.load8_u (i32.const 0)))");
        let _ = write!(text, " (global.set $sum (i32.add (i32.mul (global.get $sum) (i32.const 31)) {own}))");
        let later = functions.len() - at - 1;
        for (callee, through) in &function.calls {
            if later == 0 {
                continue;
            }
            let callee = at + 1 + callee.index(later);
            match listed.iter().position(|listed| *listed == callee) {
                Some(slot) if *through => {
                    let _ = write!(text, " (call_indirect (type $plain) (i32.const {}))", slot + 1);
                }
                _ => {
                    let _ = write!(text, " (call {})", name(callee));
                }
            }
        }
        text.push_str(")\n");
        if function.exported {
            let _ = writeln!(text, "(export \"f{at}\" (func {}))", name(at));
        }
    }
    text + ")"
}

struct Running {
    store: Store<Vec<i32>>,
    linker: Linker<Vec<i32>>,
    whole: Instance,
}

impl Running {
    fn start(wasm: &[u8]) -> Self {
        let engine = Engine::default();
        let mut store = Store::new(&engine, Vec::new());
        let mut linker = Linker::new(&engine);
        linker
            .func_wrap("host", "saw", |mut caller: Caller<'_, Vec<i32>>, at: i32| caller.data_mut().push(at))
            .unwrap();
        let module = wasmi::Module::new(&engine, wasm).unwrap();
        let whole = linker.instantiate_and_start(&mut store, &module).unwrap();
        Self { store, linker, whole }
    }

    /// As load.js does it: the browser's own imports, and the first file's exports.
    fn add(&mut self, part: &[u8]) {
        let module = wasmi::Module::new(self.store.engine(), part).unwrap();
        let exports: Vec<(String, Extern)> =
            self.whole.exports(&self.store).map(|export| (export.name().to_owned(), export.into_extern())).collect();
        for (name, item) in exports {
            self.linker.define(WHOLE, &name, item).unwrap();
        }
        self.linker.instantiate_and_start(&mut self.store, &module).unwrap();
    }

    fn call(&mut self, name: &str) -> Result<(), wasmi::Error> {
        let function = self.whole.get_typed_func::<(), ()>(&self.store, name)?;
        function.call(&mut self.store, ())
    }

    fn seen(&mut self) -> (Vec<i32>, i32) {
        let sum = self.whole.get_typed_func::<(), i32>(&self.store, "sum").unwrap();
        (self.store.data().clone(), sum.call(&mut self.store, ()).unwrap())
    }
}

/// Every function of these names, each a door.
fn moved<'a>(names: impl IntoIterator<Item = &'a str>) -> Moved {
    let doors: Vec<String> = names.into_iter().map(str::to_owned).collect();
    Moved { names: doors.iter().cloned().collect(), doors }
}

proptest! {
    /// In two files a program does what it did in one.
    #[test]
    fn in_two_files_as_in_one(
        functions in prop::collection::vec(
            (any::<bool>(), any::<bool>(), any::<bool>(), prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..3))
                .prop_map(|(lazy, exported, listed, calls)| Function { lazy, exported: exported && !lazy, listed, calls }),
            1..9,
        ),
    ) {
        let wasm = wat::parse_str(text(&functions)).unwrap();
        let names: Vec<String> = (0..functions.len()).map(|at| format!("lazy::f{at}")).collect();
        let Ok(carved) = carve(&wasm, &moved(names.iter().map(String::as_str))) else {
            prop_assert!(functions.iter().all(|function| !function.lazy));
            return Ok(());
        };
        let (mut one, mut two) = (Running::start(&wasm), Running::start(&carved.first));
        two.add(&carved.part);
        for at in (0..functions.len()).filter(|at| functions[*at].exported) {
            one.call(&format!("f{at}")).unwrap();
            two.call(&format!("f{at}")).unwrap();
            prop_assert_eq!(one.seen(), two.seen());
        }
    }
}

const PROGRAM: &str = r#"(module
    (import "host" "saw" (func $saw (param i32)))
    (memory (export "memory") 1)
    (table 3 3 funcref)
    (elem (i32.const 1) func $soon::listed $lazy::listed)
    (global $sum (mut i32) (i32.const 0))
    (func (export "sum") (result i32) (global.get $sum))
    (func $soon::listed (call $saw (i32.const 1)))
    (func $lazy::listed (call $saw (i32.const 2)) (call $shared) (call $only_lazy))
    (func $lazy::door (call $lazy::listed) (global.set $sum (i32.const 5)))
    (func $only_lazy (call $saw (i32.const 3)))
    (func $shared (call $saw (i32.const 4)))
    (func $main (call $shared) (call_indirect (i32.const 1)))
    (export "main" (func $main))
    (func $open (call $lazy::door))
    (export "open" (func $open)))"#;

const PART: [&str; 3] = ["lazy::listed", "lazy::door", "only_lazy"];

fn behind_the_door() -> Moved {
    Moved { doors: vec!["lazy::door".to_owned()], ..moved(PART) }
}

#[test]
fn what_comes_first_works_alone_and_stops_at_the_door() {
    let carved = carve(&wat::parse_str(PROGRAM).unwrap(), &behind_the_door()).unwrap();
    let mut running = Running::start(&carved.first);
    running.call("main").unwrap();
    assert_eq!(running.seen(), (vec![4, 1], 0));
    let stopped = running.call("open").unwrap_err();
    assert!(stopped.as_trap_code().is_some(), "{stopped}");
    assert_eq!(running.seen(), (vec![4, 1], 0), "nothing was done by halves");
    running.add(&carved.part);
    running.call("open").unwrap();
    assert_eq!(running.seen(), (vec![4, 1, 2, 4, 3], 5));
}

#[test]
fn each_function_is_in_one_of_the_two_files() {
    let carved = carve(&wat::parse_str(PROGRAM).unwrap(), &behind_the_door()).unwrap();
    let count = |wasm: &[u8]| Module::from_buffer(wasm).unwrap().funcs.iter_local().count();
    assert_eq!((count(&carved.first), count(&carved.part)), (5, 3));
}

#[test]
fn nobody_comes_to_the_part_past_its_doors() {
    let past = Moved { doors: vec!["another".to_owned()], ..moved(PART) };
    let error = carve(&wat::parse_str(PROGRAM).unwrap(), &past).err().unwrap();
    assert!(error.to_string().contains("open goes to lazy::door"), "{error}");
    let nothing = carve(&wat::parse_str(PROGRAM).unwrap(), &moved(["gone"])).err().unwrap();
    assert!(nothing.to_string().contains("gone"), "{nothing}");
}
