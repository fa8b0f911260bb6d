import { openApiDocument } from '../../../server/openapi/document.ts';
import { registry } from '../../../server/registry.ts';

export const GET = (): Response => Response.json(openApiDocument(registry().version));
