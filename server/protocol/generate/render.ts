import type { FieldDefinition, MessageDefinition } from './definitions.ts';

const TYPESCRIPT_TYPES: Record<string, string> = {
  bool: 'boolean',
  int8: 'number',
  int16: 'number',
  uint16: 'number',
  int32: 'number',
  uint32: 'number',
  int64: 'bigint',
  float64: 'number',
  string: 'string',
  uuid: 'string',
  bytes: 'Buffer',
  records: 'Buffer',
};

/** One structure (or whole message) of a file, with the name it has there. */
interface RenderedStruct {
  typeName: string;
  fields: FieldDefinition[];
  scope: MessageScope;
}

/** The structures that a message's fields can name. */
interface MessageScope {
  message: MessageDefinition;
  structs: Map<string, FieldDefinition[]>;
}

/** 'ISRNodes' → 'isrNodes', 'KRaftVersion' → 'kRaftVersion', 'Name' → 'name'. */
export function camelCase(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+/, (run) => run.toLowerCase());
}

/** 'AlterPartitionReassignments' → 'alter-partition-reassignments'. */
export function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}

/** The file of a request and its response. */
export function renderApi(request: MessageDefinition, response: MessageDefinition): string {
  const api = apiName(request);
  const requestScope = scopeOf(request);
  const responseScope = scopeOf(response);
  const structs = [
    ...structsOf(requestScope, new Set(responseScope.structs.keys())),
    ...structsOf(responseScope, new Set(requestScope.structs.keys())),
  ];
  const parts = [
    ...structs.flatMap((struct) => [renderInterface(struct, structs), renderStruct(struct, structs)]),
    renderInterface({ typeName: request.name, fields: request.fields, scope: requestScope }, structs),
    renderInterface({ typeName: response.name, fields: response.fields, scope: responseScope }, structs),
    `export const ${camelCase(api)}Api: Api<${request.name}, ${response.name}> = defineApi(\n` +
      `  ${request.apiKey}, '${api}', '${request.validVersions}', '${request.flexibleVersions}',\n` +
      `  ${renderFields(request.fields, requestScope, structs)},\n` +
      `  ${renderFields(response.fields, responseScope, structs)},\n` +
      `${request.latestVersionUnstable ? '  true,\n' : ''});\n`,
  ];
  return withImports(parts, 'Api', 'defineApi');
}

/** The file of a message that is neither request nor response. */
export function renderMessage(message: MessageDefinition): string {
  const scope = scopeOf(message);
  const structs = structsOf(scope, new Set());
  const recordType = message.apiKey === undefined ? '' : `, ${message.apiKey}`;
  const parts = [
    ...structs.flatMap((struct) => [renderInterface(struct, structs), renderStruct(struct, structs)]),
    renderInterface({ typeName: message.name, fields: message.fields, scope }, structs),
    `export const ${camelCase(message.name)}: Message<${message.name}> = defineMessage(\n` +
      `  '${message.name}', '${message.validVersions}', '${message.flexibleVersions}',\n` +
      `  ${renderFields(message.fields, scope, structs)}${recordType},\n);\n`,
  ];
  return withImports(parts, 'Message', 'defineMessage');
}

export function apiName(definition: MessageDefinition): string {
  return definition.name.replace(/(Request|Response)$/, '');
}

function withImports(parts: string[], type: string, define: string): string {
  const body = parts.join('\n');
  const struct = body.includes(': Struct =') ? ', type Struct' : '';
  return `import { type ${type}, ${define}${struct} } from '../schema.ts';\n\n${body}`;
}

function scopeOf(message: MessageDefinition): MessageScope {
  const structs = new Map<string, FieldDefinition[]>();
  const walk = (fields: FieldDefinition[]) => {
    for (const field of fields) {
      if (!field.fields) continue;
      walk(field.fields);
      structs.set(elementType(field.type), field.fields);
    }
  };
  for (const struct of message.commonStructs ?? []) {
    walk(struct.fields);
    structs.set(struct.name, struct.fields);
  }
  walk(message.fields);
  return { message, structs };
}

/** The structures in an order in which each comes after those that it uses. */
function structsOf(scope: MessageScope, taken: Set<string>): RenderedStruct[] {
  const done = new Map<string, RenderedStruct>();
  const visit = (name: string, path: string[]) => {
    if (done.has(name)) return;
    if (path.includes(name)) throw new Error(`${scope.message.name}: ${name} holds itself`);
    const fields = scope.structs.get(name)!;
    for (const field of fields) {
      const inner = elementType(field.type);
      if (scope.structs.has(inner)) visit(inner, [...path, name]);
    }
    const typeName = taken.has(name) ? `${scope.message.name}${name}` : name;
    done.set(name, { typeName, fields, scope });
  };
  for (const name of scope.structs.keys()) visit(name, []);
  return [...done.values()];
}

function elementType(type: string): string {
  return type.startsWith('[]') ? type.slice(2) : type;
}

function structNamed(
  name: string,
  scope: MessageScope,
  structs: RenderedStruct[],
): RenderedStruct | undefined {
  const fields = scope.structs.get(name);
  return fields && structs.find((struct) => struct.scope === scope && struct.fields === fields);
}

function renderInterface(struct: RenderedStruct, structs: RenderedStruct[]): string {
  const lines = struct.fields.map((field) => {
    const element = elementType(field.type);
    const type = structNamed(element, struct.scope, structs)?.typeName ?? TYPESCRIPT_TYPES[element];
    if (!type)
      throw new Error(`${struct.scope.message.name}: type ${field.type} of ${field.name} is not known`);
    const nullable = field.nullableVersions !== undefined || field.type === 'records';
    return `  ${camelCase(field.name)}: ${type}${field.type.startsWith('[]') ? '[]' : ''}${nullable ? ' | null' : ''};\n`;
  });
  return `export interface ${struct.typeName} {\n${lines.join('')}}\n`;
}

function structConst(struct: RenderedStruct): string {
  return `${camelCase(struct.typeName)}Struct`;
}

function renderStruct(struct: RenderedStruct, structs: RenderedStruct[]): string {
  const fields = renderFields(struct.fields, struct.scope, structs, '');
  return `const ${structConst(struct)}: Struct = { name: '${struct.typeName}', fields: ${fields} };\n`;
}

function renderFields(
  fields: FieldDefinition[],
  scope: MessageScope,
  structs: RenderedStruct[],
  indent = '  ',
): string {
  if (fields.length === 0) return '[]';
  const lines = fields.map((field) => `${indent}  ${renderField(field, scope, structs)},\n`);
  return `[\n${lines.join('')}${indent}]`;
}

function renderField(field: FieldDefinition, scope: MessageScope, structs: RenderedStruct[]): string {
  const element = elementType(field.type);
  const struct = structNamed(element, scope, structs);
  const type = struct ? structConst(struct) : `'${element}'`;
  const options = renderOptions(field, element);
  return `['${camelCase(field.name)}', ${field.type.startsWith('[]') ? `[${type}]` : type}, '${field.versions ?? field.taggedVersions}'${options}]`;
}

function renderOptions(field: FieldDefinition, element: string): string {
  const options: string[] = [];
  if (field.nullableVersions !== undefined) options.push(`nullable: '${field.nullableVersions}'`);
  // The text "null" is a default; null itself is none to Kafka's generator.
  const value = (field.default ?? undefined) === undefined ? undefined : renderDefault(field, element);
  if (value !== undefined) options.push(`default: ${value}`);
  if (field.taggedVersions !== undefined)
    options.push(`tagged: '${field.taggedVersions}', tag: ${field.tag}`);
  if (field.ignorable) options.push('ignorable: true');
  if (field.flexibleVersions !== undefined) options.push(`flexible: '${field.flexibleVersions}'`);
  return options.length === 0 ? '' : `, { ${options.join(', ')} }`;
}

/** The default as a TypeScript literal, or undefined when it is the type's own. */
function renderDefault(field: FieldDefinition, element: string): string | undefined {
  const text = String(field.default);
  const plainString = field.type === 'string' && text !== 'null';
  if (plainString) return text === '' ? undefined : `'${text}'`;
  if (text === 'null') return 'null';
  if (element === 'bool') return text === 'true' ? 'true' : undefined;
  if (element === 'int64') return BigInt(text) === 0n ? undefined : `${BigInt(text)}n`;
  return Number(text) === 0 ? undefined : String(Number(text));
}
