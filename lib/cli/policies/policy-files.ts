import { fileOf } from '../../perimeter/organization/attachable';
import type { PerimeterDocument } from '../../perimeter/organization/document';
import { policyText } from '../../perimeter/organization/policy-text';
import { cloudFormationForm } from './cloudformation-form';
import { acceleratorForm, controlTowerForm } from './landing-zone-forms';
import { terraformForm } from './terraform-form';

/** The documents as files, and the forms in which tools attach them; without the README, which describes them. */
export const policyFiles = (documents: readonly PerimeterDocument[], unit: string): Map<string, string> =>
  new Map([
    ...documents.map((document) => [fileOf(document), policyText(document.content)] as const),
    ['perimeter.tf.json', terraformForm(documents)],
    ['perimeter.template.json', cloudFormationForm(documents)],
    ['organization-config.yaml', acceleratorForm(documents, unit)],
    ['manifest.yaml', controlTowerForm(documents, unit)],
  ]);
