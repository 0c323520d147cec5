// Decodes a binary frame of positions (little endian):
//
//   0  u8  version = 1      8  i64 time, ns since 1970
//   1  u8  flags            16 i32 reference latitude, 1e-7 degrees
//   2  u16 gone count       20 i32 reference longitude
//   4  u32 row count        24 rows of 36 bytes, then gone ids of 8 bytes
//
// row:  0 u64 participant   16 u16 speed 0.02 m/s      20 u8 type   22 u8 mode    24 i32 device    32 u32 age ms
//       8 i32 lat, 12 lon   18 u16 heading 0.0125 deg  21 u8 class  23 u8 flags   28 i32 seen by

export const SNAPSHOT = 1;
export const FLAG = {selfReported: 1, seen: 2, coasting: 4, obstacle: 8, emergency: 16, alert: 32};

const HEADER = 24;
const ROW = 36;
const UNKNOWN = 65535;
const E7 = 1e7;

/** An id of 64 bits: a number where JavaScript can tell it exactly, else its decimal digits; String(key) is exact for both. */
function key(view, at) {
  const high = view.getUint32(at + 4, true);
  return high < 0x200000
    ? high * 4294967296 + view.getUint32(at, true)
    : view.getBigUint64(at, true).toString();
}

/** The key of an id that JSON tells as decimal digits. */
export function keyOf(id) {
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : String(id);
}

/**
 * @param {ArrayBuffer} buffer one frame
 * @param {{begin: Function, row: Function, gone: Function}} sink told the parts in their order; the row object is used again
 */
export function decodePositions(buffer, sink) {
  const view = new DataView(buffer);
  if (view.byteLength < HEADER || view.getUint8(0) !== 1) {
    throw new RangeError('positions: not a frame of version 1');
  }
  const gone = view.getUint16(2, true);
  const rows = view.getUint32(4, true);
  if (view.byteLength < HEADER + rows * ROW + gone * 8) {
    throw new RangeError(`positions: ${view.byteLength} bytes for ${rows} rows and ${gone} gone`);
  }
  sink.begin({snapshot: (view.getUint8(1) & SNAPSHOT) !== 0, atMs: Number(view.getBigInt64(8, true)) / 1e6, rows});
  let at = HEADER;
  const row = {};
  for (let i = 0; i < rows; i++, at += ROW) {
    const speed = view.getUint16(at + 16, true);
    const heading = view.getUint16(at + 18, true);
    row.key = key(view, at);
    row.lat = view.getInt32(at + 8, true) / E7;
    row.lon = view.getInt32(at + 12, true) / E7;
    row.speedMps = speed === UNKNOWN ? null : speed * 0.02;
    row.headingDeg = heading === UNKNOWN ? null : heading * 0.0125;
    row.type = view.getUint8(at + 20);
    row.vehicleClass = view.getUint8(at + 21);
    row.drivingMode = view.getUint8(at + 22);
    row.flags = view.getUint8(at + 23);
    row.device = view.getInt32(at + 24, true);
    row.seenBy = view.getInt32(at + 28, true);
    row.ageMs = view.getUint32(at + 32, true);
    sink.row(row);
  }
  for (let i = 0; i < gone; i++, at += 8) {
    sink.gone(key(view, at));
  }
}
