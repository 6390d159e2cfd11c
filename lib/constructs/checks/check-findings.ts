import type { CheckMetric } from '../../contract/metrics';

interface CheckAlarm {
  readonly metricName: CheckMetric;
  /** The finding, and what to do. */
  readonly text: string;
}

/** The findings of a check that raise an alarm. */
export const FINDINGS: Readonly<Record<string, CheckAlarm>> = {
  RetentionDrift: {
    metricName: 'retentionDrift',
    text: "Bedrock's retention mode isn't none in a Region that may process requests, so destinations that may use this Region serve no project.",
  },
  LoggingOn: {
    metricName: 'loggingOn',
    text: 'Model invocation logging writes prompts and answers to an undeclared location. Switch it off, or ask the operator who switched it on to do so.',
  },
  DestinationOutside: {
    metricName: 'destinationsOutside',
    text: 'According to Bedrock, a destination may be processed outside the boundary. Remove the destination and deploy again.',
  },
  ModelLegacy: {
    metricName: 'modelsLegacy',
    text: 'A configured model is closed to new customers, or ends within 120 days. Name a newer one in residency.yaml and deploy again.',
  },
  ModelEnded: {
    metricName: 'modelsEnded',
    text: 'A configured model is no longer served. Name another one in residency.yaml and deploy again.',
  },
  LifecycleUnread: {
    metricName: 'lifecyclesUnread',
    text: "The check can't read how long a model is served, so its end may go unnoticed.",
  },
  CheckFailed: {
    metricName: 'checksFailed',
    text: "A Region or profile couldn't be checked. Once its last check result is too old, it serves no project.",
  },
};

/** The finding of a deployment that decides by a facts release. */
export const RELEASE_FINDING: Readonly<Record<string, CheckAlarm>> = {
  FactsOld: {
    metricName: 'factsOld',
    text: "The facts release is due for renewal, or has expired. Its rows keep deciding, but may be out of date. Accept a newer one with 'eu-residency facts update', and deploy again.",
  },
};

/** The findings about rows that the owner admitted. */
export const ADMITTED_FINDINGS: typeof FINDINGS = {
  AdmittedDiffers: {
    metricName: 'admittedDiffer',
    text: "Bedrock's answer about an admitted profile differs from its row in residency-admitted.yaml. Admit it again, or remove it, and deploy again: deployments are refused until then.",
  },
  AdmittedExpiring: {
    metricName: 'admittedExpiring',
    text: 'A row in residency-admitted.yaml expires within 14 days. Admit it again, or remove the destination, and deploy before then.',
  },
  AdmittedExpired: {
    metricName: 'admittedExpired',
    text: 'A row in residency-admitted.yaml has expired, so gateways refuse its model. Admit it again, or remove it, and deploy again.',
  },
};
