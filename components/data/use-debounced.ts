'use client';
import { useEffect, useState } from 'react';

/** The value once it has rested for `milliseconds`: so that typing asks the server once, not at every key. */
export function useDebounced<Value>(value: Value, milliseconds = 150): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return rested;
}
