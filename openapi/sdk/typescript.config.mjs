// Settings of @hey-api/openapi-ts. Where it reads and writes is said by build.py.
export default {
  input: process.env.SDK_INPUT,
  output: { path: process.env.SDK_OUTPUT, postProcess: [], module: { extension: '.js' } },
  plugins: [
    { name: '@hey-api/client-fetch' },
    { name: '@hey-api/typescript', enums: false },
    {
      name: '@hey-api/sdk',
      operations: { strategy: 'single', containerName: 'Operations', methods: 'instance', nesting: 'operationId' },
    },
  ],
};
