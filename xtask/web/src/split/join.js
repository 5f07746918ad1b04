// The program travels with its code taken apart (see split.rs), an eighth smaller. This, which the build puts before a page's
// load.js, puts it together: for each
// instruction it copies what belongs to it from where its kind stands.
function join(apart) {
  let from = 8;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = apart[from++];
      value |= (byte & 127) << shift;
      if (byte < 128) { return value; }
    }
  };
  while (apart[from]) {
    from++;
    const length = number();
    from += length;
  }
  const before = from++;
  const after = number() + from;
  from += 5;
  const length = number();
  let functions = number();
  const pairs = [];
  for (let count = number(); count--;) {
    pairs[apart[from++]] = [apart[from++], apart[from++]].flatMap(op => pairs[op] || op);
  }
  const streams = new Uint32Array(512);
  let position = 0;
  for (let count = number(); count--;) {
    streams[number()] = position;
    position += number();
  }
  for (const key in streams) { streams[key] += from; }
  const ops = new Uint8Array(length);
  let next = 0;
  for (let at = streams[0]; at < streams[1]; at++) {
    const code = apart[at];
    if (pairs[code]) {
      for (const op of pairs[code]) { ops[next++] = op; }
    } else {
      ops[next++] = code;
    }
  }
  next = 0;

  const joined = new Uint8Array(before + 5 + length + apart.length - after);
  let to = before;
  joined.set(apart.subarray(0, before));
  // A number up to 2^28, in four bytes or in as few as it takes.
  const write = (value, four) => {
    for (let bytes = 3; four ? bytes-- : value > 127; value >>= 7) { joined[to++] = value | 128; }
    joined[to++] = value & 127;
  };
  // Copies one number of a stream, and gives it.
  const copy = key => {
    let at = streams[key];
    let byte = joined[to++] = apart[at++];
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = joined[to++] = apart[at++];
      value |= (byte & 127) << shift;
    }
    streams[key] = at;
    return value;
  };
  // What follows each opcode: 1 to 4 an offset with an alignment of 0 to 3, 5 one number, others by themselves.
  const kinds = new Uint8Array(256);
  for (const op of [2, 3, 4, 12, 13, 16, 32, 33, 34, 35, 36, 37, 38, 63, 64, 66, 208, 210]) { kinds[op] = 5; }
  for (const op of [11, 14, 17, 28, 65, 67, 68, 252]) { kinds[op] = 6; }
  [..."34341122112233343412123"].forEach((kind, at) => { kinds[40 + at] = kind; });

  joined[to++] = 10;
  write(length, true);
  write(functions, false);
  while (functions--) {
    const begin = to += 4;
    for (let groups = 2 * copy(1); groups--;) { copy(1); }
    for (let depth = 1; depth;) {
      const op = joined[to++] = ops[next++];
      const kind = kinds[op];
      if (kind === 5) {
        copy(op);
        if (op < 5) { depth++; }
      } else if (kind && kind < 5) {
        joined[to++] = kind - 1;
        copy(op < 54 ? 40 : 54);
      } else if (op === 65) {
        copy(256 + ops[next]);
      } else if (op === 11) {
        depth--;
      } else if (kind) {
        // Four or eight bytes as they are, two numbers, a list and one more, a list, or as many as the second opcode says.
        let more = op === 67 ? 4 : op === 68 ? 8 : op === 17 ? 2 : copy(op);
        if (op === 14) { more++; }
        if (op === 252) { more = more < 8 ? 0 : more < 15 && more % 2 === 0 ? 2 : 1; }
        while (more--) {
          if (op === 67 || op === 68) { joined[to++] = apart[streams[op]++]; } else { copy(op); }
        }
      }
    }
    const end = to;
    to = begin - 4;
    write(end - begin, true);
    to = end;
  }
  joined.set(apart.subarray(after), to);
  return joined;
}
