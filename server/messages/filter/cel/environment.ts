import { Environment } from '@marcbachmann/cel-js';

/** How much an expression may be. What is wanted of a message is far below. */
const LIMITS = {
  maxAstNodes: 2000,
  maxDepth: 50,
  maxListElements: 1000,
  maxMapEntries: 100,
  maxCallArguments: 8,
};

/** The variables of a filter and their types; `key` and `value` are what the message has. */
export const VARIABLES = {
  key: 'dyn',
  value: 'dyn',
  headers: 'map<string, dyn>',
  topic: 'string',
  partition: 'int',
  offset: 'int',
  timestamp: 'google.protobuf.Timestamp',
  size: 'int',
} as const;
export type Variable = keyof typeof VARIABLES;

let made: Environment | null = null;

/**
 * Reads expressions and checks their types. It never evaluates one: `compile.ts` does, which knows how numbers of JSON are meant,
 * and does not throw a million times when a million messages lack a field.
 */
export function environment(): Environment {
  made ??= make();
  return made;
}

function make(): Environment {
  const environment = new Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: false,
    limits: LIMITS,
  });
  for (const [name, type] of Object.entries(VARIABLES)) environment.registerVariable(name, type);
  // JSON has one kind of number, so `value.total * 2` has to mean what it says.
  for (const operator of ['+', '-', '*', '/', '%']) {
    for (const operands of [
      ['double', 'int'],
      ['int', 'double'],
    ])
      environment.registerOperator(`${operands[0]} ${operator} ${operands[1]}: double`, notEvaluated);
  }
  environment.registerOperator('double % double: double', notEvaluated);
  for (const operator of ['<', '<=', '>', '>='])
    environment.registerOperator(`bytes ${operator} bytes: bool`, notEvaluated);
  // Of CEL's own, those that the library lacks.
  for (const signature of [
    'int(google.protobuf.Timestamp): int',
    'string(google.protobuf.Timestamp): string',
    'string(google.protobuf.Duration): string',
    'timestamp(google.protobuf.Timestamp): google.protobuf.Timestamp',
  ])
    environment.registerFunction(signature, notEvaluated);
  return environment;
}

function notEvaluated(): never {
  throw new Error('The environment only reads and checks expressions');
}
