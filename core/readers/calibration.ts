/**
 * What the wedge calibration barcode holds (Code 128): characters that keyboards of different countries have on
 * different keys, and GS, which stands for FNC1. The screen draws it; the wedge driver finds the layout in which the
 * scanner's keys spell it. A scanner may put an AIM identifier or a prefix in front, and may swallow the GS.
 */
export const WEDGE_CALIBRATION_TEXT = 'TAPZY]@-+/\u001d09'
