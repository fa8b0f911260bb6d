import { ApiReference } from '../../../components/api-reference/reference.tsx';
import { catalogueOf } from '../../../lib/i18n/catalogue.ts';
import { openApiDocument } from '../../../server/openapi/document.ts';
import { operationViews } from '../../../server/openapi/operation-views.ts';
import { problemGuide } from '../../../server/openapi/problem-guide.ts';
import { registry } from '../../../server/registry.ts';
import { pageTitle, requestLocale } from '../../page-title.ts';

export const generateMetadata = () => pageTitle('apiReference');

export default async function ApiReferencePage() {
  const document = openApiDocument(registry().version);
  return (
    <ApiReference
      text={catalogueOf(await requestLocale()).apiReference}
      operations={operationViews(document)}
      schemas={Object.entries(document.components.schemas)}
      problems={problemGuide}
    />
  );
}
