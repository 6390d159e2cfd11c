/** What AWS's customers can request from it. */
export const ATTESTATIONS = {
  c5: "AWS's C5 report, from AWS Artifact",
  soc2: "AWS's SOC 2 report, from AWS Artifact",
  iso27001: "AWS's ISO/IEC 27001 certificate, from AWS Artifact",
  contract: 'your agreement with AWS, and the terms of each model',
  sustainability: "AWS's figures for the Regions of the boundary",
} as const;

export type Attestation = keyof typeof ATTESTATIONS;
export const ATTESTATION_IDS = Object.keys(ATTESTATIONS) as Attestation[];
