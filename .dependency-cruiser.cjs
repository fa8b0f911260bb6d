/** Import rules of docs/architecture.md: never upward, never sideways between use cases or pages. */
const PAGES = '^components/(api-reference|brokers|groups|overview|plans|shell|topic|topics)/';
const USE_CASES =
  '^server/(brokers|clusters|embedded|groups|messages|openapi|overview|plans|searches|topics)/';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'lib-is-the-ground',
      comment: 'lib runs in browser and server: it knows neither',
      severity: 'error',
      from: { path: '^lib/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(app|components|server|e2e|bench)/|^node:|^(fs|path|net|http|crypto|child_process)$|^node_modules/(react|next|kafkajs)/',
      },
    },
    {
      name: 'components-know-only-the-contract',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(app|server|e2e|bench)/' },
    },
    {
      name: 'no-server-sentences-in-pages',
      comment: 'Their catalogues would come with the first load (docs/decisions/0005)',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^lib/i18n/sentences/', reachable: true },
    },
    {
      name: 'pages-not-sideways',
      comment: 'what two pages show stands in kafka, changes, configs or messages',
      severity: 'error',
      from: { path: PAGES.replace(')/', ')/.+') },
      to: { path: PAGES, pathNot: '^components/$1/' },
    },
    {
      name: 'shared-components-below-pages',
      severity: 'error',
      from: { path: '^components/(changes|charts|configs|data|kafka|messages|ui)/' },
      to: { path: PAGES },
    },
    {
      name: 'shared-components-in-order',
      comment:
        'kafka shows one thing, changes plans one, configs and messages are changed by plans and need not each other',
      severity: 'error',
      from: { path: '^components/(kafka|changes)/' },
      to: { path: '^components/(configs|messages|changes)/', pathNot: '^components/$1/' },
    },
    {
      name: 'messages-and-configs-apart',
      severity: 'error',
      from: { path: '^components/(messages|configs)/' },
      to: { path: '^components/(messages|configs)/', pathNot: '^components/$1/' },
    },
    {
      name: 'primitives-know-no-kafka',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^components/(?!ui/)' },
    },
    {
      name: 'data-shows-nothing',
      comment: 'but what it says when something was done',
      severity: 'error',
      from: { path: '^components/(data|charts)/' },
      to: { path: '^components/(?!data/|charts/|ui/)' },
    },
    {
      name: 'server-never-upward',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(app|components|e2e|bench)/' },
    },
    {
      name: 'protocol-is-pure',
      severity: 'error',
      from: { path: '^server/protocol/' },
      to: { path: '^server/(?!protocol/)' },
    },
    {
      name: 'broker-meets-the-rest-on-a-socket',
      severity: 'error',
      from: { path: '^server/broker/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/(?!broker/|protocol/)' },
    },
    {
      name: 'nobody-imports-the-broker',
      severity: 'error',
      from: { path: '^(app|components|lib|server/(?!broker/))', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/broker/' },
    },
    {
      name: 'client-below-snapshot',
      severity: 'error',
      from: { path: '^server/client/' },
      to: { path: '^server/(?!client/|protocol/)' },
    },
    {
      name: 'snapshot-below-use-cases',
      severity: 'error',
      from: { path: '^server/snapshot/', pathNot: '^server/snapshot/testing/' },
      to: { path: '^server/(?!snapshot/|client/|protocol/)' },
    },
    {
      name: 'masking-stands-behind-serdes',
      comment: 'it hides parts of what they read, whoever looks',
      severity: 'error',
      from: { path: '^server/masking/' },
      to: { path: '^server/(?!masking/|serdes/)' },
    },
    {
      name: 'serdes-know-bytes-only',
      comment: 'Worker threads make their own: no cluster, no settings',
      severity: 'error',
      from: { path: '^server/serdes/' },
      to: { path: '^server/(?!serdes/|protocol/)' },
    },
    {
      name: 'use-cases-not-sideways',
      severity: 'error',
      from: { path: USE_CASES.replace(')/', ')/.+').replace('^server/(', '^server/(') },
      to: { path: USE_CASES, pathNot: '^server/$1/' },
    },
    {
      name: 'use-cases-not-upward',
      severity: 'error',
      from: { path: USE_CASES },
      to: { path: '^server/(http|start)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|node_modules|\\.kafdeck)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'] },
  },
};
