/** Surface and motion that every floating panel shares: menus, selects, popovers. */
export const popupClass =
  'origin-(--transform-origin) rounded-lg border border-line bg-surface text-ink shadow-float outline-none ' +
  'transition-[opacity,scale] duration-100 data-starting-style:scale-98 data-starting-style:opacity-0 ' +
  'data-ending-style:scale-98 data-ending-style:opacity-0';

/** One choice in a floating list. */
export const popupItemClass =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1.5 text-[0.8125rem] outline-none select-none ' +
  'data-highlighted:bg-hover data-disabled:text-ink-faint';
