const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

/** What each domain module may lean on; everything else is forbidden. Order = dependency order. */
const DOMAIN = {
  audit: [],
  identity: ['audit'],
  'tenant-policy': ['identity', 'audit'],
  environments: ['identity', 'audit'],
  licences: ['tenant-policy', 'identity'],
  administrators: ['tenant-policy', 'identity', 'audit'],
  gateways: ['administrators', 'environments', 'tenant-policy', 'identity', 'audit'],
  connections: ['gateways', 'administrators', 'environments', 'licences', 'tenant-policy', 'identity', 'audit'],
  alerts: ['connections', 'gateways', 'administrators', 'tenant-policy', 'identity', 'audit'],
  recovery: ['alerts', 'connections', 'gateways', 'administrators', 'tenant-policy', 'identity', 'audit'],
  rotations: ['recovery', 'alerts', 'connections', 'gateways', 'administrators', 'identity', 'audit'],
  operations: ['identity', 'audit'],
  'azure-resources': ['gateways', 'administrators', 'tenant-policy', 'identity', 'audit'],
  releases: ['alerts', 'gateways', 'administrators', 'tenant-policy', 'identity', 'audit'],
  diagnosis: ['gateways', 'administrators', 'identity', 'audit'],
  admission: [
    'connections',
    'gateways',
    'environments',
    'licences',
    'administrators',
    'tenant-policy',
    'identity',
    'audit',
  ],
  'flow-requests': [
    'admission',
    'connections',
    'gateways',
    'environments',
    'licences',
    'administrators',
    'tenant-policy',
    'identity',
    'audit',
  ],
  'directory-search': ['identity'],
  live: ['identity'],
  network: [],
  overview: ['alerts', 'connections', 'gateways'],
  'policy-preview': ['licences', 'tenant-policy'],
};

/** Surfaces translate: any domain module, never another surface. */
const SURFACES = [
  'agent-api',
  'connector-api',
  'fabric-api',
  'powerbi-api',
  'arm-api',
  'management-api',
  'api-docs',
  'backup',
  'health',
];
const domainNames = Object.keys(DOMAIN);

module.exports = {
  forbidden: [
    rule('no-cycles', { path: '^src' }, { circular: true }, 'a cycle is one module pretending to be two'),
    rule(
      'no-cycles-in-the-portal',
      { path: '^portal' },
      // Pages that the router loads late use what the router is part of.
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
      'a cycle is one module pretending to be two',
    ),
    rule(
      'no-orphans',
      { orphan: true, path: '^src', pathNot: '(\\.d\\.ts|main(\\.dev)?\\.ts|\\.spec\\.ts)$|^src/generated' },
      {},
      'a file nobody imports is dead',
    ),
    rule(
      'contract-is-a-leaf',
      { path: '^src/contract' },
      { path: '^src/(?!contract)' },
      'the wire contract knows nobody',
    ),
    rule(
      'contract-imports-zod',
      { path: '^src/contract', pathNot: '\\.spec\\.ts$' },
      { dependencyTypes: ['npm'], pathNot: 'node_modules/zod/' },
      'the contract runs in a browser too',
    ),
    rule(
      'agent-sees-only-contract',
      { path: '^src/gateway-agent' },
      { path: '^src/(?!gateway-agent|contract)' },
      'the agent ships alone, to machines we do not own',
    ),
    rule(
      'cli-sees-only-contract',
      { path: '^src/cli' },
      { path: '^src/(?!cli|client|contract)' },
      'the command line talks to the API like anybody else',
    ),
    rule(
      'client-sees-only-contract',
      { path: '^src/client' },
      { path: '^src/(?!client|contract)' },
      'the typed client runs in a browser, in the command line and with strangers',
    ),
    rule(
      'portal-sees-only-client-and-contract',
      { path: '^portal' },
      { path: '^src/(?!client|contract)' },
      'the portal talks to the API like anybody else',
    ),
    rule('nobody-sees-the-portal', { path: '^src' }, { path: '^portal' }, 'the portal is files that are served'),
    rule(
      'portal-opens-nothing',
      { path: '^portal', pathNot: '\\.spec\\.ts$' },
      { path: '^src/contract/open-credential\\.ts$' },
      'the browser seals, and only the gateway opens',
    ),
    rule(
      'portal-without-node',
      { path: '^portal/src', pathNot: '\\.spec\\.ts$' },
      { dependencyTypes: ['core'] },
      'the portal runs in a browser',
    ),
    rule(
      'portal-heavy-parts-late',
      { path: '^portal/src/(app|api|auth|parts|texts)/' },
      { path: 'node_modules/(@fluentui/react-charts|d3-geo|topojson-client|world-atlas)/' },
      'charts and maps are loaded with the page that draws them',
    ),
    rule(
      'portal-floor-below-pages',
      { path: '^portal/src/(api|auth|parts|texts)/' },
      { path: '^portal/src/pages/' },
      'what all pages stand on knows none of them',
    ),
    rule(
      'agent-without-nest',
      { path: '^src/gateway-agent' },
      { path: 'node_modules/(@nestjs|@prisma|fastify)' },
      'the agent stays small',
    ),
    rule(
      'common-below-modules',
      { path: '^src/common' },
      { path: '^src/(modules|relay-broker/(?!relay-)|gateway-agent|dev-stack)' },
      'common is the floor',
    ),
    rule(
      'port-not-adapter',
      { path: '^src/modules' },
      { path: '^src/relay-broker/(?!relay-(broker|provisioner|broker\\.module)\\.ts$)' },
      'modules know the ports',
    ),
    rule(
      'bus-sdk-behind-the-port',
      { path: '^src', pathNot: '^src/(relay-broker|gateway-agent|dev-stack)' },
      { path: '@azure/service-bus' },
      'bus vocabulary stays behind the port',
    ),
    rule(
      'agent-bus-in-one-file',
      { path: '^src/gateway-agent', pathNot: '^src/gateway-agent/bus-link\\.ts$' },
      { path: '@azure/service-bus' },
      'one file of the agent knows the bus',
    ),
    rule(
      'no-dev-in-production',
      { path: '^src', pathNot: '^src/(dev-stack|main\\.dev\\.ts$)' },
      { path: '^src/dev-stack' },
      'stand-ins never ship',
    ),
    rule(
      'no-opening-in-the-server',
      { path: '^src/(common|config|modules|relay-broker|main\\.ts|app\\.module\\.ts)' },
      { path: '^src/contract/open-credential\\.ts$' },
      'the control plane has no code path that opens a credential',
    ),
    rule(
      'public-face-only',
      { path: '^src/modules/([^/]+)/' },
      {
        path: '^src/modules/',
        pathNot: [
          '^src/modules/$1/',
          '\\.(module|service|policy|types)\\.ts$',
          '^src/modules/identity/tenant-keys\\.ts$',
        ],
      },
      'a neighbour is reached through its service, policy or types',
    ),
    ...domainNames.map((name) =>
      rule(
        `module-${name}`,
        { path: `^src/modules/${name}/` },
        { path: '^src/modules/', pathNot: `^src/modules/(${[name, ...DOMAIN[name]].join('|')})/` },
        `${name} may use: ${DOMAIN[name].join(', ') || 'nobody'}`,
      ),
    ),
    ...SURFACES.map((name) =>
      rule(
        `surface-${name}`,
        { path: `^src/modules/${name}/` },
        { path: '^src/modules/', pathNot: `^src/modules/(${[name, ...domainNames].join('|')})/` },
        'a surface leans on the domain, never on another surface',
      ),
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules|src/generated' },
    exclude: { path: '^(dist|\\.test|\\.test-dist|\\.stack)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
