from django.urls import path

from benchmarks.bare.views import BareList, BareWrite
from config.urls import urlpatterns as product

urlpatterns = [path("bare/rows", BareList.as_view()), path("bare/rows/<uuid:id>", BareWrite.as_view()), *product]
