// Delays and rates are judged here, so nothing else runs beside.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
