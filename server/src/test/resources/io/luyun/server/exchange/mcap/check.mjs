// Reads an MCAP file with Foxglove's own reader, by its index and from end to end, decodes every message by its schema, and holds schemas
// of Foxglove's against those that Foxglove publishes. Prints one JSON object; any flaw is an exception.
// Usage: node check.mjs FILE, where @mcap/core, @mcap/support, @foxglove/schemas and protobufjs are found.
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import { loadDecompressHandlers } from "@mcap/support";
import protobuf from "protobufjs";
import descriptor from "protobufjs/ext/descriptor/index.js";
import { open, readFile } from "node:fs/promises";
import internal from "@foxglove/schemas/internal.js";

const file = process.argv[2];
const decompressHandlers = await loadDecompressHandlers();
const handle = await open(file);
const size = (await handle.stat()).size;
const readable = {
  size: async () => BigInt(size),
  read: async (offset, length) => {
    const octets = new Uint8Array(Number(length));
    const { bytesRead } = await handle.read(octets, 0, Number(length), Number(offset));
    if (bytesRead !== Number(length)) throw new Error(`no ${length} octets at ${offset}`);
    return octets;
  },
};

const indexed = await McapIndexedReader.Initialize({ readable, decompressHandlers });
const types = new Map();
for (const schema of indexed.schemasById.values()) {
  const root = protobuf.Root.fromDescriptor(descriptor.FileDescriptorSet.decode(schema.data));
  root.resolveAll();
  types.set(schema.id, root.lookupType(schema.name));
}

// name, number, type and constants of each field, as text
const shape = (field) => {
  const type = field.type.split(".").pop();
  return [field.name, field.id, type, field.repeated ? "repeated" : "",
    JSON.stringify(field.parent.get(type)?.values ?? "")].join(" ");
};
// in Foxglove's repository, not yet in a release of its schemas
const newer = new Set(["foxglove.LocationFix speed"]);
const ours = new Map();
const collect = (type) => {
  const name = type.fullName.replace(/^\./, "");
  if (!(type instanceof protobuf.Type) || !name.startsWith("foxglove.") || ours.has(name)) return;
  ours.set(name, type.fieldsArray.map(shape));
  type.fieldsArray.filter((field) => field.resolvedType).forEach((field) => collect(field.resolvedType));
};
types.forEach(collect);
let compared = 0;
for (const [name, fields] of ours) {
  const schema = internal.foxgloveMessageSchemas[name.slice("foxglove.".length)];
  if (!schema) throw new Error(`Foxglove has no ${name}`);
  const enums = Object.values(internal.foxgloveEnumSchemas).filter((other) => other.parentSchemaName === schema.name);
  const theirs = protobuf.parse(internal.generateProto(schema, enums), { keepCase: true }).root.lookupType(name);
  const known = new Set(theirs.fieldsArray.map(shape));
  for (const field of fields) {
    if (!known.has(field) && !newer.has(`${name} ${field.split(" ")[0]}`)) throw new Error(`${name}: ${field} is none of\n${[...known].join("\n")}`);
    compared++;
  }
}

const topics = {};
const firsts = {};
let byIndex = 0;
let last = 0n;
for await (const message of indexed.readMessages()) {
  const channel = indexed.channelsById.get(message.channelId);
  const type = types.get(channel.schemaId);
  const decoded = type.toObject(type.decode(message.data), { longs: String, enums: String, bytes: String });
  firsts[channel.topic] ??= decoded;
  topics[channel.topic] = (topics[channel.topic] ?? 0) + 1;
  byIndex++;
  if (message.logTime < last) throw new Error("times go back");
  last = message.logTime;
}
for (const [id, count] of indexed.statistics.channelMessageCounts) {
  const topic = indexed.channelsById.get(id).topic;
  if (topics[topic] !== Number(count)) throw new Error(`statistics of ${topic}: ${count}, there are ${topics[topic]}`);
}

const stream = new McapStreamReader({ decompressHandlers, validateCrcs: true, includeChunks: true });
stream.append(await readFile(file));
let byStream = 0;
let chunks = 0;
for (let record = stream.nextRecord(); record; record = stream.nextRecord()) {
  byStream += record.type === "Message" ? 1 : 0;
  chunks += record.type === "Chunk" ? 1 : 0;
}
if (!stream.done()) throw new Error("the file has no end");
console.log(JSON.stringify({
  library: indexed.header.library,
  statistics: Number(indexed.statistics.messageCount),
  byIndex,
  byStream,
  chunks,
  chunkIndexes: indexed.chunkIndexes.length,
  schemaFields: compared,
  topics,
  firsts,
}));
