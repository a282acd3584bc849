/**
 * Closed lists that only some screens go through. They stand apart from `types.ts`, of which the first screen loads
 * whatever any screen uses.
 */
export const QUALITIES = [
  'aching',
  'burning',
  'cold',
  'cramping',
  'dull',
  'electric',
  'heavy',
  'itching',
  'pins-and-needles',
  'sharp',
  'shooting',
  'stabbing',
  'stiff',
  'throbbing',
  'tight'
] as const;

export const SELF_CARE_KINDS = [
  'rest',
  'heat',
  'cold',
  'medicine',
  'massage',
  'walking',
  'sleep-position',
  'long-sitting'
] as const;

export const CONDITIONS = [
  'hip-replacement',
  'osteoporosis',
  'pregnancy',
  'high-blood-pressure',
  'acute-disc-pain',
  'spinal-stenosis',
  'spondylolisthesis',
  'outer-hip-pain',
  'knee-pain',
  'wrist-pain',
  'poor-balance'
] as const;

export const POSITIONS = ['back', 'front', 'side', 'floor', 'chair', 'standing', 'all-fours', 'kneeling'] as const;

export const EQUIPMENT = ['chair', 'table', 'wall', 'step', 'strap', 'band', 'pillow', 'towel'] as const;
