export * from './generated/types.gen.js';
export { ApiError, Hub, iterate, ok, type HubOptions, type Retry } from './hub.js';
export { download, upload } from './files.js';
export { BadSignature, verify } from './webhooks.js';
