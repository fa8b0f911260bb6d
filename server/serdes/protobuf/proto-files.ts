import protobuf from 'protobufjs';
import { say } from '../../../lib/i18n/sentences/sentence.ts';
import { SerdeError } from '../serde.ts';
import { commonProtos } from './common-protos.ts';

export interface ProtoFile {
  readonly path: string;
  readonly text: string;
}

/** What an import means; null: it is not there. */
export type FindImport = (path: string, from: string) => ProtoFile | null;

/** Types of one .proto file and of all that it imports. */
export interface ProtoTypes {
  readonly root: protobuf.Root;
  /** Full names of the message types that the file itself declares, in order, each with those declared within it. */
  readonly declared: readonly DeclaredType[];
}

export interface DeclaredType {
  readonly fullName: string;
  readonly nested: readonly DeclaredType[];
}

/** As in .proto files: protobufjs would change names to camel case. */
const AS_WRITTEN = { keepCase: true };
const MOST_FILES = 1000;

/**
 * Reads a .proto file with its imports. protobufjs only reads the files, and resolves names: the code that it would
 * generate from them (`Function`) to read and write messages is neither made nor run.
 *
 * @throws SerdeError that names the file and line, or the type that is not declared
 */
export function readProtoFile(file: ProtoFile, findImport: FindImport): ProtoTypes {
  const root = new protobuf.Root();
  const seen = new Set<string>();
  const missing = new Set<string>();
  const read = (one: ProtoFile) => {
    if (seen.has(one.path)) return;
    seen.add(one.path);
    if (seen.size > MOST_FILES) throw new SerdeError(say('proto.manyFiles', { most: MOST_FILES }));
    const { imports = [], weakImports = [] } = parse(one, root);
    for (const path of [...imports, ...weakImports]) readImport(path, one.path);
  };
  const readImport = (path: string, from: string) => {
    const found = findImport(path, from) ?? commonProtos.get(path) ?? null;
    if (found) read(found);
    else missing.add(path);
  };
  read(file);
  try {
    root.resolveAll();
  } catch (error) {
    // Imports for options alone may well be missing.
    const reason = (error as Error).message.slice(0, 300);
    throw new SerdeError(
      missing.size === 0
        ? say('proto.unresolved', { file: file.path, reason })
        : say('proto.missingImports', {
            file: file.path,
            reason,
            imports: [...missing].join(', ').slice(0, 300),
          }),
    );
  }
  return { root, declared: declaredIn(file) };
}

/** Message types that a file declares; its imports are not looked at. @throws SerdeError */
export function declaredIn(file: ProtoFile): DeclaredType[] {
  const alone = new protobuf.Root();
  const { package: name } = parse(file, alone);
  const within = name ? alone.lookup(name) : alone;
  return within instanceof protobuf.Namespace ? typesOf(within) : [];
}

function typesOf(namespace: protobuf.NamespaceBase): DeclaredType[] {
  return namespace.nestedArray
    .filter((one) => one instanceof protobuf.Type)
    .map((type) => ({ fullName: type.fullName.slice(1), nested: typesOf(type) }));
}

function parse({ path, text }: ProtoFile, root: protobuf.Root): protobuf.IParserResult {
  try {
    return protobuf.parse(text, root, AS_WRITTEN);
  } catch (error) {
    const reason = (error as Error).message.replace("'null' ", '').slice(0, 300);
    throw new SerdeError(say('proto.notProto', { file: path, reason }));
  }
}
