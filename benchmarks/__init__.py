"""Measurements that are printed, with ratios against a plain yardstick of the same run."""
