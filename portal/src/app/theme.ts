import { createDarkTheme, createLightTheme, type BrandVariants, type Theme } from '@fluentui/react-components';

/** Deep water, from the darkest shade to the lightest. Contrast of text on 80 with white is 7.2 : 1. */
const tide: BrandVariants = {
  10: '#02070a',
  20: '#071c25',
  30: '#082e3d',
  40: '#093c50',
  50: '#0a4a63',
  60: '#0b5370',
  70: '#0b587a',
  80: '#0b5c7a',
  90: '#2b7090',
  100: '#4582a1',
  110: '#5e95b1',
  120: '#77a8c1',
  130: '#91bbd0',
  140: '#accedf',
  150: '#c8e1ed',
  160: '#e4f3fa',
};

export const lightTheme: Theme = createLightTheme(tide);
/** Fluent's own choice of brand text on dark grounds is below 4.5 : 1 with these shades. */
export const darkTheme: Theme = {
  ...createDarkTheme(tide),
  colorBrandForeground1: tide[130],
  colorBrandForeground2: tide[140],
  colorBrandForegroundLink: tide[130],
  colorBrandForegroundLinkHover: tide[140],
  colorCompoundBrandForeground1: tide[130],
};
